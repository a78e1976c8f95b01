import Synchronization
import Testing

@testable import Build

struct ParallelismGateTests {
    @Test func noMoreThanItsWidthWorkAtOnce() async throws {
        let gate = ParallelismGate(width: 2)
        let counter = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    try await gate.run {
                        counter.come()
                        await Task.yield()
                        counter.go()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(counter.most <= 2)
    }

    @Test func whoIsCancelledWhileWaitingLeavesTheQueue() async throws {
        let gate = ParallelismGate(width: 1)
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let holder = Task {
            try await gate.run {
                enter.finish()
                for await _ in released {}
            }
        }
        for await _ in entered {}
        let waiter = Task { try await gate.run {} }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        release.finish()
        try await holder.value
        try await gate.run {}
    }
}

/// How many are in at once, and how many were at most.
private final class Counter: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func come() { state.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }

    func go() { state.withLock { $0.now -= 1 } }
}
