import Dashboard
import Synchronization
import Testing

@testable import SpyhopCommands

struct WatchedCopyTests {
    @Test func progressIsToldWhileTheWorkRunsAndItsEndIsTheCopys() async throws {
        let done = Mutex<Int64>(0)
        let told = Mutex<[FileCopyProgress]>([])
        let copy = WatchedCopy(total: 100) { done.withLock { $0 } }
        try await copy.run(telling: { progress in told.withLock { $0.append(progress) } }) {
            done.withLock { $0 = 50 }
            // It goes on until its progress has been seen.
            while told.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(5)) }
        }
        #expect(told.withLock { $0.first } == FileCopyProgress(done: 50, total: 100))
    }

    @Test func whatTheWorkThrowsIsThrown() async {
        struct Broken: Error {}
        let copy = WatchedCopy(total: 1) { 0 }
        await #expect(throws: Broken.self) { try await copy.run(telling: { _ in }) { throw Broken() } }
    }

    @Test func aCancelledTaskCancelsTheWorkAndWaitsForIt() async {
        let isTidied = Mutex(false)
        let hasBegun = Mutex(false)
        let task = Task {
            try await WatchedCopy(total: 1) { 0 }.run(telling: { _ in }) {
                hasBegun.withLock { $0 = true }
                while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(5)) }
                isTidied.withLock { $0 = true }
                throw CancellationError()
            }
        }
        while !hasBegun.withLock({ $0 }) { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(isTidied.withLock { $0 })
    }
}
