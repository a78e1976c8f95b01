import Synchronization
import Testing

@testable import Build

struct TaskMemoTests {
    @Test func workIsDoneOnceHoweverManyAsk() async throws {
        let memo = TaskMemo<String, Int>()
        let count = Count()
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await memo.value("a") { count.next() } } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == Array(repeating: 1, count: 8))
    }

    @Test func whatIsStoppedStopsAlsoWhatIsBegunLater() async {
        let memo = TaskMemo<Int, Bool>()
        memo.cancel()
        let stopped = try? await memo.value(1) { Task.isCancelled }
        #expect(stopped == true)
    }
}

private final class Count: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
