import Engine
import Glibc
import LinuxSystem
import OCI

extension ImageStore {
    /// Removes blobs, layers and leftovers that no image needs, unless another process is just adding some.
    public func collectGarbage() throws(EngineError) {
        try prepare()
        try sweepUnlessBusy()
    }

    /// Runs `body` while nothing is collected: between resolving an image and recording the container that uses it.
    public func withImagesHeld<Result>(_ body: () throws -> Result) throws -> Result {
        let lock = try lockContent()
        defer { withExtendedLifetime(lock) {} }
        return try body()
    }

    /// The lock's file is made after all else: where it is, there is nothing to prepare.
    private func lockContent() throws -> FileLock {
        if let lock = try FileLock.ofExisting(contentLockPath, .shared) { return lock }
        try prepare()
        return try FileLock(contentLockPath, .shared)
    }

    /// Runs a change: clears what a crash has left, keeps collectors away, and clears its own traces when it fails.
    func changing<Value>(
        _ body: (borrowing StagingArea) throws(EngineError) -> Value
    ) throws(EngineError) -> Value {
        try prepare()
        try clearLeftovers()
        let value: Value
        do throws(EngineError) {
            let lock = try inWords("cannot lock the image store in \(root)") { () throws(SystemError) in
                try FileLock(contentLockPath, .shared)
            }
            defer { withExtendedLifetime(lock) {} }
            let staging = try StagingArea(self)
            value = try body(staging)
        } catch {
            // The first error is what the person needs to know; what cannot be cleared now is cleared by the next change.
            try? collectGarbage()
            throw error
        }
        return value
    }

    /// Under the exclusive lock nobody is adding content, so whatever is staged belongs to the dead.
    private func clearLeftovers() throws(EngineError) {
        // Lock files stay behind every load; only directories are somebody's unfinished work.
        guard try entries(of: stagingDirectory).contains(where: { !$0.name.hasSuffix(".lock") }) else { return }
        try sweepUnlessBusy()
    }

    /// Garbage is moved aside under the lock and removed after it: removing a large layer takes long, and a container
    /// that is just being started must not wait for it.
    private func sweepUnlessBusy() throws(EngineError) {
        let aside = "\(stagingDirectory)/removed-\(UInt64.random(in: 0 ... .max))"
        do {
            guard let lock = try attemptContentLock() else { return }
            defer { withExtendedLifetime(lock) {} }
            try inWords("cannot clear the image store in \(root)") { () throws(SystemError) in
                try Files.makeDirectories(aside, mode: 0o700)
            }
            try sweep(into: aside)
        }
        // Another process's sweep may be removing the same; what either leaves is cleared by the next change.
        try? Files.removeTree(aside)
    }

    private func attemptContentLock() throws(EngineError) -> FileLock? {
        try inWords("cannot lock the image store in \(root)") { () throws(SystemError) in
            try FileLock.attempt(contentLockPath)
        }
    }

    private func sweep(into aside: String) throws(EngineError) {
        let index = try readIndex()
        var needed = Needed()
        for descriptor in index.manifests { mark(descriptor, in: &needed) }
        for entry in try entries(of: stagingDirectory) {
            let path = "\(stagingDirectory)/\(entry.name)"
            if path != aside { try move(path, into: aside) }
        }
        // A damaged manifest hides what its image needs: then nothing but leftovers may go.
        guard !needed.isUncertain else { return }
        for entry in try entries(of: "\(root)/blobs/sha256") where !needed.blobs.contains(entry.name) {
            try move("\(root)/blobs/sha256/\(entry.name)", into: aside)
        }
        for entry in try entries(of: layersDirectory) {
            let name = entry.name.hasSuffix(".json") ? String(entry.name.dropLast(5)) : entry.name
            let record = try? layerRecord(name)
            if let record, needed.diffIDs.contains(record.diffID) { continue }
            try move("\(layersDirectory)/\(entry.name)", into: aside)
        }
        try clearHalfWrittenIndexes()
        for entry in try entries(of: resolvedDirectory) { try move("\(resolvedDirectory)/\(entry.name)", into: aside) }
    }

    /// What a killed process has left beside `index.json`. Beneath the lock nobody writes one.
    private func clearHalfWrittenIndexes() throws(EngineError) {
        let lock = try lockIndex()
        defer { withExtendedLifetime(lock) {} }
        for entry in try entries(of: root) where entry.name.hasPrefix("index.json.") && entry.name.hasSuffix(".tmp") {
            try inWords("cannot clear the image store in \(root)") { () throws(SystemError) in
                try Files.remove("\(root)/\(entry.name)")
            }
        }
    }

    private struct Needed {
        var blobs: Set<String> = []
        var diffIDs: Set<String> = []
        var isUncertain = false
    }

    private func mark(_ descriptor: Descriptor, in needed: inout Needed, depth: Int = 0) {
        guard let digest = Digest(descriptor.digest), depth < 4 else { return }
        needed.blobs.insert(digest.hex)
        guard MediaType.isIndex(descriptor.mediaType) || MediaType.isManifest(descriptor.mediaType) else { return }
        guard Files.exists(blobPath(digest)) else {
            // Of an index, only this platform's manifests need be here.
            if depth == 0 { needed.isUncertain = true }
            return
        }
        do throws(EngineError) {
            let bytes = try readDocument(digest, "manifest")
            if MediaType.isIndex(descriptor.mediaType) {
                let index = try JSON.decode(ImageIndex.self, bytes, document: "index")
                for inner in index.manifests { mark(inner, in: &needed, depth: depth + 1) }
                return
            }
            let manifest = try JSON.decode(ImageManifest.self, bytes, document: "manifest")
            for blob in [manifest.config] + manifest.layers {
                if let digest = Digest(blob.digest) { needed.blobs.insert(digest.hex) }
            }
            needed.diffIDs.formUnion(try readImage(descriptor).diffIDs.map(\.description))
        } catch {
            // An artifact that is no image has no layers to keep; its blobs are marked already.
            if depth == 0 { needed.isUncertain = true }
        }
    }

    private func entries(of directory: String) throws(EngineError) -> [DirectoryEntry] {
        try inWords("cannot read the image store in \(root)") { () throws(SystemError) in try Files.list(directory) }
    }

    private func move(_ path: String, into aside: String) throws(EngineError) {
        try inWords("cannot clear the image store in \(root)") { () throws(SystemError) in
            do throws(SystemError) {
                try Files.rename(path, to: "\(aside)/\(UInt64.random(in: 0 ... .max))")
            } catch {
                // An earlier sweep may be removing what it had moved aside.
                guard error.number == ENOENT else { throw error }
            }
        }
    }
}
