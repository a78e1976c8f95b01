import Engine
import LinuxSystem
import OCI

extension ImageStore {
    /// Writes images as one archive, docker's and OCI's at once; shared layers are written once.
    ///
    /// The shape is that of `docker save` since version 25: an OCI layout with docker's `manifest.json` beside it.
    public func save(_ references: [String], toDescriptor descriptor: Int32) throws(EngineError) {
        guard !references.isEmpty else { throw EngineError(.invalidArgument, "no image to save was named") }
        try prepare()
        // Nothing that is being written may be collected.
        let lock = try inWords("cannot lock the image store in \(root)") { () throws(SystemError) in
            try FileLock(contentLockPath, .shared)
        }
        defer { withExtendedLifetime(lock) {} }
        let index = try readIndex()
        var chosen = Selection()
        for reference in references { chosen.add(try find(reference, in: index)) }
        let writer = try TarWriter { (bytes) throws(EngineError) in
            try writeAll(bytes, to: descriptor, subject: "the image archive")
        }
        try withPortableNames { () throws(EngineError) in
            var written: Set<Digest> = []
            for image in chosen.images {
                let blobs =
                    [image.stored.manifestDescriptor, image.stored.manifest.config] + image.stored.manifest.layers
                for blob in blobs {
                    let digest = try Digest.parse(blob.digest, in: "manifest \(image.stored.manifestDescriptor.digest)")
                    if written.insert(digest).inserted { try write(digest, size: blob.size, to: writer) }
                }
            }
            try writer.add("index.json", JSON.encode(chosen.index))
            try writer.add("manifest.json", JSON.encode(chosen.dockerEntries))
            try writer.add(ImageLayout.fileName, JSON.encode(ImageLayout()))
            try writer.finish()
        }
    }

    private func write(_ digest: Digest, size: Int64, to writer: TarWriter) throws(EngineError) {
        let source = HashingSource(
            try FileSource(blobPath(digest), subject: "blob \(digest)"), limit: size, subject: "blob \(digest)")
        try writer.begin("blobs/sha256/\(digest.hex)", size: size)
        while true {
            let bytes = try source.next()
            if bytes.isEmpty { break }
            try writer.write(bytes)
        }
        guard try source.finish() == digest else {
            throw EngineError(.corrupted, "cannot save: blob \(digest) in \(root) does not match its digest")
        }
    }

    /// What goes into one archive: each image once, with all names asked for.
    private struct Selection {
        struct Chosen {
            var stored: StoredImage
            var names: [ImageReference]
        }

        var images: [Chosen] = []

        mutating func add(_ found: Found) {
            let position: Int
            if let known = images.firstIndex(where: {
                $0.stored.manifestDescriptor.digest == found.image.manifestDescriptor.digest
            }) {
                position = known
            } else {
                images.append(Chosen(stored: found.image, names: []))
                position = images.count - 1
            }
            if let name = found.name, !images[position].names.contains(name) { images[position].names.append(name) }
        }

        var index: ImageIndex {
            ImageIndex(
                manifests: images.flatMap { image in
                    image.names.isEmpty
                        ? [image.stored.manifestDescriptor.named(nil)]
                        : image.names.map { name in
                            var descriptor = image.stored.manifestDescriptor.named(name)
                            descriptor.annotations?[Annotation.referenceName] = name.tag
                            return descriptor
                        }
                })
        }

        var dockerEntries: [DockerArchiveEntry] {
            images.map { image in
                func path(_ descriptor: Descriptor) -> String {
                    "blobs/sha256/" + descriptor.digest.dropFirst("sha256:".count)
                }
                return DockerArchiveEntry(
                    config: path(image.stored.manifest.config), repoTags: image.names.map(\.familiar),
                    layers: image.stored.manifest.layers.map(path))
            }
        }
    }
}
