import Synchronization

/// Lets one task after another write to a connection, in the order in which they came.
final class SendingTurn: Sendable {
    private struct Waiter {
        var identifier: UInt64
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var isTaken = false
        var waiters: [Waiter] = []
        var nextIdentifier: UInt64 = 0
    }

    private let state = Mutex(State())

    func acquire() async throws {
        let identifier: UInt64? = state.withLock { state in
            if !state.isTaken {
                state.isTaken = true
                return nil
            }
            state.nextIdentifier &+= 1
            return state.nextIdentifier
        }
        guard let identifier else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isFree = state.withLock { state in
                    // The turn may have ended between the two locks.
                    if !state.isTaken {
                        state.isTaken = true
                        return true
                    }
                    state.waiters.append(Waiter(identifier: identifier, continuation: continuation))
                    return false
                }
                if isFree { continuation.resume() } else if Task.isCancelled { cancel(identifier) }
            }
        } onCancel: {
            cancel(identifier)
        }
    }

    func release() {
        let next: Waiter? = state.withLock { state in
            guard !state.waiters.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiters.removeFirst()
        }
        next?.continuation.resume()
    }

    private func cancel(_ identifier: UInt64) {
        let waiter: Waiter? = state.withLock { state in
            guard let index = state.waiters.firstIndex(where: { $0.identifier == identifier }) else { return nil }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }
}
