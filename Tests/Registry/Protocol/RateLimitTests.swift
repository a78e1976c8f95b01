import HTTP
import Testing

@testable import Registry

struct RateLimitTests {
    @Test func dockerHubsLimitIsToldInWords() throws {
        var headers = HTTPHeaders()
        headers["RateLimit-Limit"] = "100;w=21600"
        headers["ratelimit-remaining"] = "97;w=21600"
        headers["docker-ratelimit-source"] = "192.0.2.1\u{1b}"
        let limit = try #require(RateLimit(headers))
        #expect(limit.words == "97 of 100 pulls left for 6 h")
        #expect(limit.source == "192.0.2.1?")
    }

    @Test func aSilentRegistryHasNoLimit() {
        #expect(RateLimit(HTTPHeaders()) == nil)
        var headers = HTTPHeaders()
        headers["ratelimit-limit"] = "many"
        #expect(RateLimit(headers) == nil)
    }
}
