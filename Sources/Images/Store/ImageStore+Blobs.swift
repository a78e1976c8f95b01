import Engine
import Glibc
import LinuxSystem
import OCI

/// Documents and blobs, read and checked.
extension ImageStore {
    /// A document's bytes, which must match the digest that names them.
    func readDocument(_ digest: Digest, _ what: String) throws(EngineError) -> [UInt8] {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Files.read(blobPath(digest), limit: Int(clamping: limits.documentBytes))
        } catch {
            let code: EngineError.Code = error.number == ENOENT ? .corrupted : .system
            throw EngineError(code, "cannot read the \(what) \(digest)", cause: error)
        }
        guard Digest(of: bytes) == digest else {
            throw EngineError(.corrupted, "the \(what) \(digest) in \(root) does not match its digest")
        }
        return bytes
    }

    /// The image behind an index's descriptor; of an index within, the one for this platform.
    func readImage(_ descriptor: Descriptor) throws(EngineError) -> StoredImage {
        var current = descriptor
        // An index may hold an index; hostile ones must not lead in a circle.
        for _ in 0..<4 {
            let digest = try Digest.parse(current.digest, in: indexPath)
            let bytes = try readDocument(digest, "manifest")
            guard MediaType.isIndex(current.mediaType) else {
                return try readImage(manifest: bytes, digest, found: descriptor, as: current)
            }
            let index = try JSON.decode(ImageIndex.self, bytes, document: "index \(digest)")
            current = try choose(from: index, named: "\(digest)") { manifest in
                Digest(manifest.digest).map { Files.exists(blobPath($0)) } ?? false
            }
        }
        throw EngineError(.corrupted, "the index \(descriptor.digest) is nested too deep")
    }

    private func readImage(
        manifest bytes: [UInt8], _ digest: Digest, found: Descriptor, as descriptor: Descriptor
    ) throws(EngineError) -> StoredImage {
        let manifest = try JSON.decode(ImageManifest.self, bytes, document: "manifest \(digest)")
        let configurationDigest = try Digest.parse(manifest.config.digest, in: "manifest \(digest)")
        let configuration = try JSON.decode(
            ImageConfiguration.self, readDocument(configurationDigest, "configuration"),
            document: "configuration \(configurationDigest)")
        var diffIDs: [Digest] = []
        for text in configuration.rootfs.diffIDs {
            diffIDs.append(try Digest.parse(text, in: "configuration \(configurationDigest)"))
        }
        guard diffIDs.count == manifest.layers.count else {
            throw EngineError(
                .corrupted,
                "image \(configurationDigest): its manifest has \(manifest.layers.count) layers, its configuration \(diffIDs.count)"
            )
        }
        return StoredImage(
            descriptor: found, manifestDescriptor: descriptor, manifest: manifest, configuration: configuration,
            diffIDs: diffIDs)
    }

    /// The manifest for this platform whose content is there.
    func choose(
        from index: ImageIndex, named name: String, isPresent: (Descriptor) -> Bool
    ) throws(EngineError) -> Descriptor {
        let candidates = index.manifests.filter {
            MediaType.isIndex($0.mediaType) || MediaType.isManifest($0.mediaType)
        }
        // `docker buildx` adds attestations as manifests for the platform unknown/unknown.
        let fitting = candidates.filter { $0.platform.map(platform.runs) ?? true }
        if let found = fitting.first(where: isPresent) { return found }
        let offered = Set(candidates.compactMap { $0.platform.map { "\($0.os)/\($0.architecture)" } })
        throw EngineError(
            .notFound,
            "the index \(name) has no image for \(platform.os)/\(platform.architecture)",
            hint: offered.isEmpty ? nil : "it offers " + printable(offered.sorted().joined(separator: ", ")))
    }

    /// Writes a small document into the store; `path` is where nothing is yet.
    func writeDocument(_ bytes: [UInt8], through path: String) throws(EngineError) -> Digest {
        let digest = Digest(of: bytes)
        try inWords("cannot write \(digest)") { () throws(SystemError) in
            let file = try OwnedDescriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
            try file.writeAll(bytes)
            try file.close()
        }
        try publish(path, as: digest)
        return digest
    }

    /// Moves a staged file, whose digest was computed while it was written, to its place; a blob that is there
    /// already stays, unless it is found to be damaged.
    func publish(_ path: String, as digest: Digest) throws(EngineError) {
        // One file of an archive may be several layers, and has been moved with the first.
        let isThere =
            Files.exists(blobPath(digest)) && (!Files.exists(path) || hasSameContent(path, blobPath(digest)))
        try inWords("cannot store \(digest)") { () throws(SystemError) in
            if isThere {
                try Files.remove(path)
            } else {
                try OwnedDescriptor.open(path).synchronize()
                try Files.rename(path, to: blobPath(digest))
            }
        }
    }

    private func hasSameContent(_ path: String, _ other: String) -> Bool {
        guard let one = try? OwnedDescriptor.open(path), let two = try? OwnedDescriptor.open(other)
        else { return false }
        var position: Int64 = 0
        while true {
            guard let first = try? one.readPiece(at: position, upTo: 1 << 20),
                let second = try? two.readPiece(at: position, upTo: 1 << 20), first == second
            else { return false }
            if first.isEmpty { return true }
            position += Int64(first.count)
        }
    }
}
