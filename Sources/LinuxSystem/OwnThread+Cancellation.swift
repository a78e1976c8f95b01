import Synchronization

/// Runs blocking work on a thread of its own, as `runOnOwnThread` does, and lets it know when the task that waits for it is
/// cancelled: `work` is handed a question to be asked now and then.
public func runCancellable<Value: Sendable>(
    _ work: @escaping @Sendable (_ isCancelled: () -> Bool) throws -> Value
) async throws -> Value {
    let mark = CancellationMark()
    return try await withTaskCancellationHandler {
        try await runOnOwnThread { try work { mark.isSet.load(ordering: .relaxed) } }
    } onCancel: {
        mark.isSet.store(true, ordering: .relaxed)
    }
}

private final class CancellationMark: Sendable {
    let isSet = Atomic(false)
}
