import HTTP
import Testing

@testable import Registry

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
