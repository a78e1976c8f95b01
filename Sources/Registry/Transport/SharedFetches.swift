import Synchronization

/// Values that are fetched once for everybody who asks at the same time, and kept.
final class SharedFetches<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private enum Entry {
        case fetching(Task<Value, any Error>, number: Int)
        case kept(Value)
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var count = 0
    }

    private let state = Mutex(State())

    /// The value that is kept, when it is still good, else the one that `fetch` brings. A failure is told to all who
    /// wait for it and is not kept.
    func value(
        _ key: Key, isGood: @Sendable (Value) -> Bool = { _ in true },
        fetch: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let entry = state.withLock { state -> Entry in
            switch state.entries[key] {
            case .kept(let value) where isGood(value): return .kept(value)
            case .fetching(let task, let number): return .fetching(task, number: number)
            case .kept, nil:
                state.count += 1
                let number = state.count
                // Not bound to the task that happened to ask first: others wait for it as well.
                let task = Task { try await self.settled(key, number, fetch) }
                let entry = Entry.fetching(task, number: number)
                state.entries[key] = entry
                return entry
            }
        }
        switch entry {
        case .kept(let value): return value
        case .fetching(let task, _):
            let result = await task.result
            try Task.checkCancellation()
            return try result.get()
        }
    }

    /// Forgets what is kept when it is what `isStale` says.
    func forget(_ key: Key, where isStale: (Value) -> Bool) {
        state.withLock { state in
            guard case .kept(let value) = state.entries[key], isStale(value) else { return }
            state.entries[key] = nil
        }
    }

    private func settled(
        _ key: Key, _ number: Int, _ fetch: @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await fetch()
            replace(key, number, with: .kept(value))
            return value
        } catch {
            replace(key, number, with: nil)
            throw error
        }
    }

    private func replace(_ key: Key, _ number: Int, with entry: Entry?) {
        state.withLock { state in
            guard case .fetching(_, number) = state.entries[key] else { return }
            state.entries[key] = entry
        }
    }
}
