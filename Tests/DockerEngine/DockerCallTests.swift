import Testing

@testable import DockerEngine

struct DockerCallTests {
    @Test func aCallWaitsAQuarterOfAMinuteForAnAnswer() {
        #expect(DockerCall("GET", "/version", purpose: "ask").patience == .seconds(15))
    }
}
