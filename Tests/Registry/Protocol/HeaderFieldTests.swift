import HTTP
import Testing

@testable import Registry

struct LinkHeaderTests {
    @Test func theNextPageIsFound() {
        #expect(LinkHeader.next(in: ["</v2/a/tags/list?n=2&last=b>; rel=\"next\""]) == "/v2/a/tags/list?n=2&last=b")
        #expect(LinkHeader.next(in: ["<first>; rel=first, <x?a=1,2>; title=\"a, b\"; rel=\"other NEXT\""]) == "x?a=1,2")
        #expect(LinkHeader.next(in: ["<a>; rel=prev", "<b>;rel=next"]) == "b")
    }

    @Test(arguments: ["", "<", "<>", "a; rel=next", "<a>; rel=\"next", "<a>; rel=previous", "<a>"])
    func whatIsNoLinkLeadsNowhere(field: String) { #expect(LinkHeader.next(in: [field]) == nil) }
}

struct ByteRangeTests {
    @Test func contentRangesAreRead() throws {
        let known = try #require(ByteRange(contentRange: "bytes 5-9/10"))
        #expect((known.first, known.last, known.total) == (5, 9, 10))
        #expect(try #require(ByteRange(contentRange: "bytes 0-0/*")).total == nil)
    }

    @Test(arguments: [
        "", "bytes", "bytes 5-9", "bytes 9-5/10", "bytes 5-10/10", "items 0-1/2", "bytes */10", "bytes -1-5/10",
        "bytes 5-99999999999999999999/*", "bytes 5-9/10/11", "bytes +5-9/10",
    ])
    func otherContentRangesAreNone(text: String) { #expect(ByteRange(contentRange: text) == nil) }

    @Test func rangesOfSessionsAreReadInBothWays() {
        #expect(ByteRange(sessionRange: "0-1023")?.last == 1023)
        #expect(ByteRange(sessionRange: "bytes=0-1023")?.last == 1023)
        #expect(ByteRange(sessionRange: "0--1") == nil)
        #expect(ByteRange(sessionRange: "1023") == nil)
    }
}

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

struct BackoffTests {
    @Test func waitsDoubleUpToEightSeconds() {
        let full = (1...7).map { Backoff().delay(after: $0, retryAfter: nil, jitter: 1) }
        #expect(full == [0.5, 1, 2, 4, 8, 8, 8])
        #expect(Backoff().delay(after: 2, retryAfter: nil, jitter: 0) == 0.5)
    }

    @Test func theRegistrysOwnTimeCountsUpToAMinute() {
        #expect(Backoff().delay(after: 1, retryAfter: 7, jitter: 0) == 7)
        #expect(Backoff().delay(after: 1, retryAfter: 1e12, jitter: 0) == 60)
    }

    @Test func nobodyIsWaitedForWhoHasNeverAnswered() {
        #expect(!Backoff.isTransient(.refused("a"), hasAnswered: false))
        #expect(Backoff.isTransient(.refused("a"), hasAnswered: true))
        #expect(!Backoff.isTransient(.tls("a", .unknownAuthority), hasAnswered: true))
        #expect(Backoff.isTransient(.closedEarly("a"), hasAnswered: false))
    }
}
