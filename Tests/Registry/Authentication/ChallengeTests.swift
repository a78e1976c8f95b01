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
