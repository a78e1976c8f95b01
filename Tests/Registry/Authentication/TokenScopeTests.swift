import Testing

@testable import Registry

struct TokenScopeTests {
    @Test func aWiderScopeTakesTheNarrowersPlace() {
        #expect(TokenScope.union(["repository:a:pull"], "repository:a:pull,push") == ["repository:a:pull,push"])
        #expect(TokenScope.union(["repository:a:pull,push"], "repository:a:pull") == ["repository:a:pull,push"])
        #expect(TokenScope.union(["repository:a:pull"], nil) == ["repository:a:pull"])
    }

    @Test func scopesOfSeveralRepositoriesStandSideBySide() {
        #expect(
            TokenScope.union([TokenScope.push("a"), TokenScope.pull("b")], "registry:catalog:*")
                == ["repository:a:pull,push", "repository:b:pull", "registry:catalog:*"])
    }
}
