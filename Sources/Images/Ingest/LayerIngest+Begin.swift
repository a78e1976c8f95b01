import Engine
import Glibc
import LinuxSystem
import OCI

extension LayerIngest {
    /// Looks at what is here already, and begins with the rest.
    static func begin(
        _ blob: Descriptor, diffID: Digest, in store: ImageStore, sync: SharedSync,
        whileWaiting: @escaping @Sendable () -> Void
    ) async throws -> LayerIngest {
        let digest = try Digest.parse(blob.digest, in: "the manifest")
        guard blob.size >= 0 else {
            throw EngineError(.corrupted, "the manifest says that blob \(digest) has \(blob.size) bytes")
        }
        let layer = IngestedLayer(store: store, blob: digest, size: blob.size, diffID: diffID, sync: sync)
        if try await runOnOwnThread({ try layer.isInPlace }) { return LayerIngest(nil) }
        let lock = try await HeldLock.wait(for: store.downloadPath(digest) + ".lock", whileWaiting: whileWaiting)
        while true {
            guard let pipeline = try await runOnOwnThread({ try layer.begin(lock) }) else { return LayerIngest(nil) }
            // Everything has come before, but whoever fetched it was stopped before the end.
            guard pipeline.offset == blob.size, blob.size > 0 else { return LayerIngest(pipeline) }
            do {
                try await pipeline.finish()
                return LayerIngest(nil)
            } catch let error as EngineError where error.isAboutContent && !Task.isCancelled {
                // What lay here was damaged, and is gone: it is fetched anew.
                continue
            }
        }
    }
}

/// A file lock that several parts of one piece of work keep.
final class HeldLock: Sendable {
    private let lock: FileLock

    init(_ lock: consuming FileLock) { self.lock = lock }

    /// Waits without a thread, so that the task can be cancelled: flock(2) itself tells nobody when a lock is free.
    static func wait(
        for path: String, _ mode: FileLock.Mode = .exclusive, whileWaiting: @Sendable () -> Void
    ) async throws -> HeldLock {
        var isTold = false
        while true {
            let free = try inWords("cannot lock \(path)") { () throws(SystemError) in try FileLock.attempt(path, mode) }
            if let lock = free { return HeldLock(lock) }
            if !isTold { whileWaiting() }
            isTold = true
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

extension EngineError {
    /// Whether bytes are to blame, so that the same bytes would fail again.
    var isAboutContent: Bool { code == .corrupted || code == .invalidArgument }
}
