import Synchronization

/// Lets work on other threads know when the task that waits for it is cancelled: `work` is handed a question that they may ask.
func watchingCancellation<Value: Sendable>(
    _ work: (_ isCancelled: @escaping @Sendable () -> Bool) async throws -> Value
) async throws -> Value {
    let mark = CancellationMark()
    return try await withTaskCancellationHandler {
        try await work { mark.isSet.load(ordering: .relaxed) }
    } onCancel: {
        mark.isSet.store(true, ordering: .relaxed)
    }
}

private final class CancellationMark: Sendable {
    let isSet = Atomic(false)
}
