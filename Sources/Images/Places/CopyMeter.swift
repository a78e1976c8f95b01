import Engine
import LinuxSystem
import OCI
import Synchronization

/// Tells how far a blob has come, twenty times a second at most.
final class CopyMeter: Sendable {
    private let blob: Descriptor
    private let tell: TransferProgress
    private let state = Mutex(State())

    private struct State {
        var done: Int64 = 0
        var toldAt: Int64 = 0
    }

    private static let interval: Int64 = 50_000_000

    init(_ blob: Descriptor, _ tell: @escaping TransferProgress) {
        self.blob = blob
        self.tell = tell
    }

    /// Bytes come from `offset` on.
    func begin(at offset: Int64) { state.withLock { $0.done = offset } }

    func add(_ count: Int) {
        let now = Clock.monotonic()
        let done: Int64? = state.withLock { state in
            state.done += Int64(count)
            guard now - state.toldAt >= Self.interval else { return nil }
            state.toldAt = now
            return state.done
        }
        if let done { tell(.blob(mark(.downloading, done))) }
    }

    /// Always told.
    func enter(_ phase: BlobProgress.Phase) { tell(.blob(mark(phase, blob.size))) }

    private func mark(_ phase: BlobProgress.Phase, _ done: Int64) -> BlobProgress {
        BlobProgress(digest: blob.digest, size: blob.size, done: done, phase: phase)
    }
}
