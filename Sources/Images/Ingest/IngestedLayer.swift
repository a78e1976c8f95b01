import Engine
import Glibc
import LinuxSystem
import OCI

/// What is to be taken in, and where it goes.
struct IngestedLayer: Sendable {
    let store: ImageStore
    let blob: Digest
    /// Bytes of the blob.
    let size: Int64
    let diffID: Digest
    let sync: SharedSync

    var downloadPath: String { store.downloadPath(blob) }

    private var hasBlob: Bool { Files.exists(store.blobPath(blob)) }

    /// Whether blob and layer are here.
    var isInPlace: Bool {
        get throws(EngineError) { hasBlob ? try store.findLayer(diffID) != nil : false }
    }

    /// Opens what has come so far; `nil` when there is nothing left to fetch. Beneath the blob's lock, and on a thread that
    /// may block.
    func begin(_ lock: HeldLock) throws(EngineError) -> IngestPipeline? {
        let isUnpacked = try store.findLayer(diffID) != nil
        if hasBlob, try isUnpacked ? true : unpackStored() {
            // A leftover from before somebody else brought the blob.
            try? Files.remove(downloadPath)
            return nil
        }
        let file = try openDownload()
        let offset = try inWords("cannot read \(downloadPath)") { () throws(SystemError) in try file.status().size }
        let content = try inWords("cannot lock the image store in \(store.root)") { () throws(SystemError) in
            try FileLock(store.contentLockPath, .shared)
        }
        let resources = IngestResources(
            staging: try StagingArea(store), file: file, lock: lock, contentLock: HeldLock(content))
        return IngestPipeline(self, resources, offset: offset, unpacks: !isUnpacked)
    }

    /// Unpacks the blob that is here; `false` when it turns out to be damaged and must be fetched again.
    private func unpackStored() throws(EngineError) -> Bool {
        let staging = try StagingArea(store)
        do throws(EngineError) {
            _ = try store.ensureLayer(diffID, blob: store.blobPath(blob), blobDigest: blob, in: staging)
            return true
        } catch {
            guard error.code == .corrupted else { throw error }
            return false
        }
    }

    /// For appending; what is longer than the blob can be no part of it.
    private func openDownload() throws(EngineError) -> OwnedDescriptor {
        try inWords("cannot write \(downloadPath)") { () throws(SystemError) in
            let file = try OwnedDescriptor.open(downloadPath, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
            if try file.status().size > size, ftruncate(file.rawValue, 0) != 0 {
                throw SystemError.last("ftruncate", downloadPath)
            }
            return file
        }
    }

    /// Puts blob and layer in place, when both are on the disk.
    ///
    /// - Parameters:
    ///   - directory: where the layer was unpacked, with the bytes of its files; `nil` when it was here before.
    func commit(_ file: Int32, unpackedIn directory: (path: String, size: Int64)?) throws(EngineError) {
        try inWords("cannot store layer \(diffID)") { () throws(SystemError) in
            // The renames must not reach the disk before the files do.
            try sync.run(on: file)
            try Files.rename(downloadPath, to: store.blobPath(blob))
        }
        guard let directory else { return }
        let lockPath = "\(store.stagingDirectory)/\(diffID.hex).lock"
        let lock = try inWords("cannot lock the layer \(diffID)") { () throws(SystemError) in try FileLock(lockPath) }
        defer { withExtendedLifetime(lock) {} }
        // The same files in another compression may have come meanwhile.
        guard try store.findLayer(diffID) == nil else { return }
        _ = try store.putLayer(diffID, unpackedIn: directory.path, size: directory.size)
    }
}

/// What an ingest holds as long as any of its threads runs.
struct IngestResources: ~Copyable, Sendable {
    /// Removed with all that is in it.
    let staging: StagingArea
    /// What has come so far, open for appending.
    let file: OwnedDescriptor
    /// Of the blob.
    let lock: HeldLock
    /// Keeps collectors away.
    let contentLock: HeldLock

    init(staging: consuming StagingArea, file: consuming OwnedDescriptor, lock: HeldLock, contentLock: HeldLock) {
        self.staging = staging
        self.file = file
        self.lock = lock
        self.contentLock = contentLock
    }
}
