import Dashboard
import Glibc

/// A copy whose progress is looked at from outside while it runs: by the descriptor that it writes to or reads from.
struct WatchedCopy {
    let total: Int64
    /// Bytes that have been copied; asked from another thread than the copy's.
    let done: @Sendable () -> Int64

    init(total: Int64, done: @escaping @Sendable () -> Int64) {
        self.total = total
        self.done = done
    }

    static let pause = Duration.milliseconds(200)

    /// Does the work and tells how far it is; when the task that waits for it is cancelled so is the work.
    func run(
        telling progress: @Sendable (FileCopyProgress) async -> Void,
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        let (moments, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let copy = Task {
            defer { continuation.finish() }
            try await work()
        }
        let clock = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.pause)
                continuation.yield()
            }
        }
        defer { clock.cancel() }
        try await withTaskCancellationHandler {
            for await _ in moments { await progress(FileCopyProgress(done: done(), total: total)) }
            // A loop over a stream ends with the task that is in it; what the copy has made in part is its own to take away.
            try await copy.value
        } onCancel: {
            copy.cancel()
        }
    }

    /// Bytes in a file, 0 where it cannot be told.
    static func size(of descriptor: Int32) -> Int64 {
        var facts = stat()
        return fstat(descriptor, &facts) == 0 ? Int64(facts.st_size) : 0
    }

    /// How far a file has been read, 0 where it cannot be told.
    static func position(in descriptor: Int32) -> Int64 { max(0, Int64(lseek(descriptor, 0, SEEK_CUR))) }
}
