import Engine
import LinuxSystem
import OCI

/// Where things stand below the root.
extension ImageStore {
    var indexPath: String { "\(root)/index.json" }
    /// Unpacked layers, by the names that `BuiltLayer.directory` has.
    public var layersDirectory: String { "\(root)/layers" }
    /// What is being made; nothing here counts until it is renamed into place.
    var stagingDirectory: String { "\(root)/staging" }
    /// What `resolve` found, valid as long as `index.json` is the file it was found in.
    var resolvedDirectory: String { "\(root)/resolved" }
    /// Downloads that broke off, by the blob's digits, and marks of manifests whose content is not all here yet.
    var downloadsDirectory: String { "\(root)/downloads" }
    /// There when garbage was to be collected while somebody added content; made up for at the end of the next change.
    var collectionMark: String { "\(root)/collect" }
    /// Held while `index.json` is read and replaced.
    var indexLockPath: String { "\(root)/index.lock" }
    /// Held shared while content is added that nothing refers to yet, exclusively while garbage is removed.
    var contentLockPath: String { "\(root)/content.lock" }

    func blobPath(_ digest: Digest) -> String { "\(root)/blobs/sha256/\(digest.hex)" }
    /// What has come so far of a blob.
    func downloadPath(_ digest: Digest) -> String { "\(downloadsDirectory)/\(digest.hex)" }
    /// Marks a manifest that is here while its layers are still to come: what has come of them is kept, for a day.
    func pendingPath(_ manifest: Digest) -> String { "\(downloadsDirectory)/\(manifest.hex).pending" }

    /// Makes the layout when it is missing.
    func prepare() throws(EngineError) {
        try inWords("cannot prepare the image store in \(root)") { () throws(SystemError) in
            // Images hold secrets, unpacked layers setuid programs and device files: nobody but their owner walks in.
            try Files.makeDirectories("\(root)/blobs/sha256", mode: 0o700)
            try Files.makeDirectories(layersDirectory, mode: 0o700)
            try Files.makeDirectories(stagingDirectory, mode: 0o700)
            try Files.makeDirectories(resolvedDirectory, mode: 0o700)
            try Files.makeDirectories(downloadsDirectory, mode: 0o700)
            let marker = "\(root)/\(ImageLayout.fileName)"
            if !Files.exists(marker) {
                let text = "{\"imageLayoutVersion\":\"\(ImageLayout.currentVersion)\"}"
                try Files.writeAtomically(Array(text.utf8), to: marker)
            }
        }
        if !Files.exists(indexPath) {
            let lock = try lockIndex()
            defer { withExtendedLifetime(lock) {} }
            if !Files.exists(indexPath) { try writeIndex(ImageIndex(manifests: [])) }
        }
    }

    func lockIndex() throws(EngineError) -> FileLock {
        try inWords("cannot lock the image store in \(root)") { () throws(SystemError) in try FileLock(indexLockPath) }
    }
}
