import Engine
import LinuxSystem
import OCI

extension ImageStore {
    /// Reads a docker or OCI archive (plain, gzip or zstd); returns the names, or identifiers, of its images.
    ///
    /// An archive that is damaged, hostile or too large is refused whole and leaves nothing behind.
    public func load(fromDescriptor descriptor: Int32) throws(EngineError) -> [String] {
        try changing { (staging) throws(EngineError) in
            let subject = "the image archive"
            let source = try DecompressedSource(DescriptorSource(descriptor, subject: subject), subject: subject)
            let archive = try withPortableNames { () throws(EngineError) in
                try StagedArchive(source, in: staging, limits: limits)
            }
            let images = try ArchiveContents(archive: archive, store: self).images()
            var manifests: [(Descriptor, ImageID, [ImageReference])] = []
            for image in images {
                let manifest = try add(image, in: staging)
                let id = ImageID(rawValue: image.configuration.digest.description)
                manifests.append((manifest, id, image.names))
            }
            return try changeIndex { (index) throws(EngineError) in
                var loaded: [String] = []
                for (manifest, id, names) in manifests {
                    if names.isEmpty { index.keep(manifest) }
                    for name in names { index.setName(name, of: manifest) }
                    loaded += names.isEmpty ? [id.rawValue] : names.map(\.familiar)
                }
                return loaded
            }
        }
    }

    /// Unpacks an image's layers and moves its blobs to their places; nothing refers to them yet.
    private func add(_ image: LoadableImage, in staging: borrowing StagingArea) throws(EngineError) -> Descriptor {
        var layers: [Descriptor] = []
        for layer in image.layers {
            let (path, digest, size) = place(of: layer.content)
            _ = try ensureLayer(layer.diffID, blob: path, blobDigest: digest, in: staging)
            let mediaType: String
            if let written = layer.mediaType {
                mediaType = written
            } else {
                mediaType = try compression(of: path).layerMediaType
            }
            layers.append(Descriptor(mediaType: mediaType, digest: digest.description, size: size))
        }
        for layer in image.layers {
            if case .file(let file) = layer.content { try publish(file.path, as: file.digest) }
        }
        let configuration = image.configuration
        if Files.exists(configuration.path) || !Files.exists(blobPath(configuration.digest)) {
            try publish(configuration.path, as: configuration.digest)
        }
        if let manifest = image.manifest {
            let digest = try writeDocument(manifest.bytes, through: staging.newPath())
            return Descriptor(
                mediaType: mediaType(of: manifest.bytes), digest: digest.description, size: Int64(manifest.bytes.count))
        }
        let manifest = ImageManifest(
            config: Descriptor(
                mediaType: MediaType.configuration, digest: configuration.digest.description, size: configuration.size),
            layers: layers)
        return try write(manifest, in: staging)
    }

    /// Writes a manifest of ours.
    func write(_ manifest: ImageManifest, in staging: borrowing StagingArea) throws(EngineError) -> Descriptor {
        let bytes = try JSON.encode(manifest)
        let digest = try writeDocument(bytes, through: staging.newPath())
        return Descriptor(mediaType: MediaType.manifest, digest: digest.description, size: Int64(bytes.count))
    }

    /// Where a layer's bytes are now: an image before it in the archive may have moved them already.
    private func place(of content: LoadableImage.Content) -> (path: String, digest: Digest, size: Int64) {
        switch content {
        case .file(let file):
            let path = Files.exists(file.path) ? file.path : blobPath(file.digest)
            return (path, file.digest, file.size)
        case .stored(let digest, let size): return (blobPath(digest), digest, size)
        }
    }

    private func compression(of path: String) throws(EngineError) -> Compression {
        try DecompressedSource(FileSource(path, subject: path), subject: path).compression
    }

    /// An index must name a manifest by its own type, docker's or OCI's.
    private func mediaType(of manifest: [UInt8]) -> String {
        let type = (try? JSON.decode(ImageManifest.self, manifest, document: ""))?.mediaType
        return type == MediaType.dockerManifest ? MediaType.dockerManifest : MediaType.manifest
    }
}
