import Engine
import LinuxSystem
import Synchronization

extension LocalEngine {
    /// A stretch of a container's log. See `LogSearching`.
    public func logPage(
        of reference: String, _ request: LogPageRequest, progress: LogProgress?
    ) async throws -> LogPage {
        try await look(at: reference, request.selection) { look, isCancelled in
            try look.page(request, isCancelled: isCancelled, progress: progress)
        }
    }

    /// Counts lines of a container's log. See `LogSearching`.
    public func countLog(
        of reference: String, _ selection: LogSelection, from place: LogPlace?, upTo end: LogPlace?,
        progress: LogProgress?
    ) async throws -> LogTally {
        try await look(at: reference, selection) { look, isCancelled in
            try look.count(from: place, upTo: end, isCancelled: isCancelled, progress: progress)
        }
    }

    private func look<Answer: Sendable>(
        at reference: String, _ selection: LogSelection,
        _ work: @escaping @Sendable (LogLook, @escaping @Sendable () -> Bool) throws -> Answer
    ) async throws -> Answer {
        let record = try records.find(reference)
        let path = paths(record.id).log
        do {
            let mark = CancellationMark()
            return try await withTaskCancellationHandler {
                try await runOnOwnThread {
                    try work(try LogLook(path: path, selection: selection)) { mark.isSet.load(ordering: .relaxed) }
                }
            } onCancel: {
                mark.isSet.store(true, ordering: .relaxed)
            }
        } catch let error as SystemError {
            throw EngineError(.system, "cannot read the log of container \(record.name)", cause: error)
        }
    }
}

/// Asked by several threads whether their work is still wanted.
private final class CancellationMark: Sendable {
    let isSet = Atomic(false)
}
