import Engine
import Glibc
import LinuxSystem
import OCI

extension StoreChange {
    /// Begins a layer.
    public func makeDraft() throws(EngineError) -> LayerDraft {
        try LayerDraft(in: newPath(), layersDirectory: store.layersDirectory)
    }

    /// Makes a layer of what was written into a draft, blob and unpacked files, and puts both in place on the disk. The
    /// draft is used up: nothing may be mounted on it any more.
    ///
    /// - Parameter epoch: seconds since 1970 that stand for every newer time, in the files and in the archive.
    public func commit(_ draft: LayerDraft, epoch: Int64?) throws(EngineError) -> BuiltLayer {
        do throws(EngineError) {
            let root = try inWords("cannot make a layer of \(draft.upper)") { () throws(SystemError) in
                try OwnedDescriptor.open(draft.upper, O_RDONLY | O_DIRECTORY)
            }
            let archive = try archiveLayer(root, epoch: epoch)
            return try place(archive, unpackedIn: draft.upper, root)
        } catch {
            throw store.explained(error)
        }
    }

    private struct LayerArchive {
        var path: String
        var digest: Digest
        var size: Int64
        /// Bytes of file content.
        var content: Int64
    }

    private func archiveLayer(
        _ root: borrowing OwnedDescriptor, epoch: Int64?
    ) throws(EngineError) -> LayerArchive {
        // The archive has no entry for the root, so whoever unpacks it makes one like this.
        guard fchown(root.rawValue, 0, 0) == 0, fchmod(root.rawValue, 0o755) == 0 else {
            throw EngineError(.system, "cannot make a layer", cause: SystemError.last("chmod"))
        }
        let path = newPath()
        let sink = try FileSink(path)
        let writer = try TarWriter { (bytes) throws(EngineError) in try sink.write(bytes) }
        let walker = TreeWalker(writer, layer: LayerRules(epoch: epoch))
        try withPortableNames { () throws(EngineError) in
            try walker.add([0x2E], in: root.rawValue, as: [])
            try writer.finish()
        }
        let (digest, size) = sink.finish()
        return LayerArchive(path: path, digest: digest, size: size, content: walker.contentBytes)
    }

    /// The names come when all is on the disk: a crash leaves garbage at most.
    private func place(
        _ archive: LayerArchive, unpackedIn directory: String, _ root: borrowing OwnedDescriptor
    ) throws(EngineError) -> BuiltLayer {
        let digest = archive.digest
        let blob = store.blobPath(digest)
        let isBlobThere = (try? Files.status(blob))??.size == archive.size
        var layer = BuiltLayer(
            diffID: digest,
            descriptor: Descriptor(
                mediaType: MediaType.layer, digest: digest.description, size: archive.size),
            directory: "", size: archive.content)
        let lock = try inWords("cannot lock the layer \(digest)") { () throws(SystemError) in
            try FileLock("\(store.stagingDirectory)/\(digest.hex).lock")
        }
        defer { withExtendedLifetime(lock) {} }
        let found = try store.findLayer(digest)
        if !isBlobThere || found == nil {
            try inWords("cannot store layer \(digest)") { () throws(SystemError) in try sync.run(on: root.rawValue) }
        }
        try inWords("cannot store layer \(digest)") { () throws(SystemError) in
            if isBlobThere { try Files.remove(archive.path) } else { try Files.rename(archive.path, to: blob) }
        }
        if let found {
            layer.directory = found.name
            layer.size = found.record.size
        } else {
            layer.directory = try store.putLayer(digest, unpackedIn: directory, size: archive.content)
        }
        return layer
    }
}
