import Testing

@testable import Registry

struct ChallengeTests {
    @Test func dockerHubsChallengeIsRead() {
        let field =
            "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
            + "scope=\"repository:library/busybox:pull,push\""
        #expect(
            Challenge.parse([field]) == [
                Challenge(
                    scheme: "bearer",
                    parameters: [
                        "realm": "https://auth.docker.io/token", "service": "registry.docker.io",
                        "scope": "repository:library/busybox:pull,push",
                    ])
            ])
    }

    @Test func severalChallengesInOneFieldAreSeveral() {
        let found = Challenge.parse([
            "Negotiate, Basic realm=\"a, \\\"b\\\"\", charset=utf-8 , Bearer realm=x,service=y"
        ])
        #expect(found.map(\.scheme) == ["negotiate", "basic", "bearer"])
        #expect(found[1].parameters == ["realm": "a, \"b\"", "charset": "utf-8"])
        #expect(found[2].parameters == ["realm": "x", "service": "y"])
    }

    @Test func severalFieldsAreSeveralToo() {
        let found = Challenge.parse(["Basic realm=\"a\"", "BEARER Realm = \"b\""])
        #expect(found.map(\.scheme) == ["basic", "bearer"])
        #expect(found[1].parameters["realm"] == "b")
    }

    @Test func aChallengeWithOneLongWordIsPassedOver() {
        let found = Challenge.parse(["Negotiate YIIB/+a==, Basic realm=r"])
        #expect(found.map(\.scheme) == ["negotiate", "basic"])
    }

    @Test(arguments: ["", ",", "\"", "Bearer realm=\"never ends", "=,=", "Bearer realm", "Basic ,,, ="])
    func whatIsBrokenIsNoReasonToStop(field: String) {
        #expect(Challenge.parse([field]).allSatisfy { $0.parameters["realm"] == nil })
    }

    @Test func aFieldThatIsVeryLongIsReadInTime() {
        let field = "Bearer " + String(repeating: "a=\"b\",", count: 20_000)
        #expect(Challenge.parse([field]).first?.parameters == ["a": "b"])
    }
}

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

struct TokenTests {
    @Test func aTokenLivesAsLongAsItSaysButAMinuteAtLeast() throws {
        let long = try #require(Token(answer: Array(#"{"token":"t","expires_in":300}"#.utf8), now: 1000))
        #expect(long.isGood(at: 1290))
        #expect(!long.isGood(at: 1300))
        let short = try #require(Token(answer: Array(#"{"access_token":"t","expires_in":3}"#.utf8), now: 1000))
        #expect(short.isGood(at: 1050))
        let silent = try #require(Token(answer: Array(#"{"token":"t"}"#.utf8), now: 1000))
        #expect(silent.isGood(at: 1050))
        #expect(!silent.isGood(at: 1061))
    }

    @Test func theTimeOfIssueCountsUnlessItsClockIsWrong() throws {
        // 1970-01-01T00:16:00Z is 960.
        let early = #"{"token":"t","expires_in":300,"issued_at":"1970-01-01T00:16:00Z"}"#
        let token = try #require(Token(answer: Array(early.utf8), now: 1000))
        #expect(token.end == 1260)
        let future = try #require(Token(answer: Array(early.utf8), now: 900))
        #expect(future.end == 1200)
        let over = try #require(Token(answer: Array(early.utf8), now: 5000))
        #expect(over.end == 5300)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"token":""}"#, #"{"token":"a\r\nX-Evil: 1"}"#, #"{"token":"a b"}"#, #"{"token":7}"#,
    ])
    func whatNoHeaderFieldCanCarryIsNoToken(answer: String) {
        #expect(Token(answer: Array(answer.utf8), now: 1000) == nil)
    }
}
