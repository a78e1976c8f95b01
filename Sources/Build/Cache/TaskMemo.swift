import Synchronization

/// Work that is done once however many ask for it, and that can be stopped as a whole.
final class TaskMemo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var tasks: [Key: Task<Value, any Error>] = [:]
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// The work's result; who comes first has it done.
    func value(
        _ key: Key, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await start(key, work).value
    }

    /// Begins the work unless somebody has.
    @discardableResult
    func start(_ key: Key, _ work: @escaping @Sendable () async throws -> Value) -> Task<Value, any Error> {
        state.withLock { state in
            if let task = state.tasks[key] { return task }
            let task = Task { try await work() }
            if state.isCancelled { task.cancel() }
            state.tasks[key] = task
            return task
        }
    }

    /// Stops all of it, and all that is still to begin.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            for task in state.tasks.values { task.cancel() }
        }
    }

    /// Waits until nothing of it runs.
    func settle() async {
        for task in state.withLock({ Array($0.tasks.values) }) { _ = await task.result }
    }
}
