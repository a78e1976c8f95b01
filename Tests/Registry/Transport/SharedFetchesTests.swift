import Engine
import Foundation
import HTTP
import Harness
import OCI
import Testing

@testable import Registry

struct SharedFetchesTests {
    @Test func aFailureIsNotKept() async throws {
        struct Failure: Error {}
        let fetches = SharedFetches<String, Int>()
        await #expect(throws: Failure.self) { try await fetches.value("a") { throw Failure() } }
        #expect(try await fetches.value("a") { 7 } == 7)
        #expect(try await fetches.value("a") { throw Failure() } == 7)
    }

    @Test func whatIsStaleIsFetchedAnew() async throws {
        let fetches = SharedFetches<String, Int>()
        let counter = Counter()
        #expect(try await fetches.value("a") { counter.next() } == 1)
        #expect(try await fetches.value("a", isGood: { $0 > 1 }) { counter.next() } == 2)
        fetches.forget("a") { $0 == 7 }
        #expect(try await fetches.value("a") { counter.next() } == 2)
        fetches.forget("a") { $0 == 2 }
        #expect(try await fetches.value("a") { counter.next() } == 3)
    }
}
