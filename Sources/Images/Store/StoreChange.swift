import Engine
import LinuxSystem
import OCI
import Synchronization

/// A change of the store that takes its time: content comes piece by piece, and nothing of it is collected meanwhile.
///
/// It may be used by several tasks at once and held across suspensions. Documents and blobs that were added count for
/// nothing before `publish`. What an unfinished change has brought of a manifest that it knew stays for a day, so
/// that the next one goes on from there; `discard` gives it up.
public final class StoreChange: Sendable {
    /// The store that is changed.
    public let store: ImageStore
    private let held: Mutex<Held?>
    private let stagingDirectory: String
    private let counter = Atomic(0)
    /// Layers that are ready at the same time go to the disk together.
    let sync = SharedSync()
    /// Manifests that were added and not published yet.
    private let unpublished = Mutex<Set<Digest>>([])

    private struct Held: ~Copyable, Sendable {
        let staging: StagingArea
        let lock: FileLock
    }

    init(_ store: ImageStore) throws(EngineError) {
        self.store = store
        let lock = try inWords("cannot lock the image store in \(store.root)") { () throws(SystemError) in
            try FileLock(store.contentLockPath, .shared)
        }
        let staging = try StagingArea(store)
        stagingDirectory = staging.directory
        held = Mutex(Held(staging: staging, lock: lock))
    }

    deinit { finish() }

    /// Ends the change: clears what it has left half done, and makes up for a collection that had to wait for it.
    /// Ending it again does nothing.
    public func finish() {
        let wasHeld = held.withLock { held in
            guard let taken = held.take() else { return false }
            _ = consume taken
            return true
        }
        // What cannot be cleared now is cleared after the next change.
        if wasHeld { try? store.collectIfDue() }
    }

    /// Ends the change and removes all that it has brought and not published: a pull that is refused leaves nothing.
    public func discard() {
        for digest in unpublished.withLock({ $0 }) { try? Files.remove(store.pendingPath(digest)) }
        try? store.markCollectionDue()
        finish()
    }

    /// A path in the change's staging area where nothing is; what is put there vanishes with the change.
    public func newPath() -> String { "\(stagingDirectory)/change-\(counter.add(1, ordering: .relaxed).newValue)" }

    // MARK: - Content

    /// Whether a blob is here, whole.
    public func hasBlob(_ digest: Digest) -> Bool { Files.exists(store.blobPath(digest)) }

    /// A stored document's bytes, checked; `nil` when it is not here, or damaged: it is to be fetched, and added again.
    public func document(_ digest: Digest) throws(EngineError) -> [UInt8]? {
        guard hasBlob(digest) else { return nil }
        do throws(EngineError) { return try store.readDocument(digest, "document") } catch {
            guard error.code == .corrupted else { throw error }
            return nil
        }
    }

    /// Keeps a manifest, an index or a configuration; answers its digest.
    ///
    /// A manifest is to be added before its layers are: what comes of them is then kept when the change breaks off.
    public func addDocument(_ bytes: [UInt8]) throws(EngineError) -> Digest {
        try explained { () throws(EngineError) in
            let digest = try store.writeDocument(bytes, through: newPath())
            if let manifest = try? JSON.decode(ImageManifest.self, bytes, document: ""), !manifest.layers.isEmpty {
                try store.markPending(digest)
                unpublished.withLock { _ = $0.insert(digest) }
            }
            return digest
        }
    }

    /// Whether a layer is unpacked already.
    public func hasLayer(_ diffID: Digest) throws(EngineError) -> Bool { try store.findLayer(diffID) != nil }

    /// Names an image whose content is all here; from now on it is listed, and kept.
    /// - Throws: `.corrupted` when a blob or an unpacked layer is missing.
    public func publish(_ image: PublishedImage) throws(EngineError) -> PulledState {
        try explained { () throws(EngineError) in
            let state = try store.publish(image)
            if let digest = Digest(image.manifest.digest) {
                try? Files.remove(store.pendingPath(digest))
                unpublished.withLock { _ = $0.remove(digest) }
            }
            return state
        }
    }

    private func explained<Value>(_ body: () throws(EngineError) -> Value) throws(EngineError) -> Value {
        do throws(EngineError) { return try body() } catch { throw store.explained(error) }
    }
}

extension ImageStore {
    /// Begins a change that lasts until its `finish`; see `StoreChange`.
    public func beginChange() throws(EngineError) -> StoreChange {
        try prepare()
        try clearLeftovers()
        return try StoreChange(self)
    }
}
