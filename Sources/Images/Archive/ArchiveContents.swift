import Engine
import LinuxSystem
import OCI

/// Finds the images in a staged archive, OCI's or docker's.
struct ArchiveContents {
    let archive: StagedArchive
    let store: ImageStore

    func images() throws(EngineError) -> [LoadableImage] {
        let docker = try dockerEntries()
        // Docker writes both since version 25; the index keeps the manifests' digests.
        if let file = archive.file("index.json") {
            let index = try JSON.decode(
                ImageIndex.self, archive.read(file, "index.json", limits: store.limits),
                document: "index.json of the image archive")
            var images: [LoadableImage] = []
            for descriptor in index.manifests where isImage(descriptor) {
                var image = try read(descriptor)
                image.names += try dockerNames(of: image, in: docker)
                // One image with several names stands in the index several times.
                if let known = images.firstIndex(where: { $0.manifest?.digest == image.manifest?.digest }) {
                    let names = images[known].names
                    images[known].names += image.names.filter { !names.contains($0) }
                } else {
                    images.append(image)
                }
            }
            if !images.isEmpty { return images }
        }
        guard !docker.isEmpty else {
            throw EngineError(
                .invalidArgument,
                "this is not an image archive: it has neither manifest.json nor index.json with images",
                hint: "spyhop import makes an image of a root file system")
        }
        var images: [LoadableImage] = []
        for entry in docker { images.append(try read(entry)) }
        return images
    }

    private func isImage(_ descriptor: Descriptor) -> Bool {
        MediaType.isIndex(descriptor.mediaType) || MediaType.isManifest(descriptor.mediaType)
    }

    // MARK: - OCI

    private func read(_ descriptor: Descriptor) throws(EngineError) -> LoadableImage {
        var current = descriptor
        for _ in 0..<4 {
            let digest = try Digest.parse(current.digest, in: "index.json of the image archive")
            let bytes = try document(digest, "manifest")
            if MediaType.isIndex(current.mediaType) {
                let index = try JSON.decode(ImageIndex.self, bytes, document: "index \(digest)")
                current = try store.choose(from: index, named: "\(digest)") { manifest in
                    Digest(manifest.digest).map { archive.blob($0) != nil } ?? false
                }
                continue
            }
            return try read(manifest: bytes, digest, names: try descriptor.loadedName.map { [$0] } ?? [])
        }
        throw EngineError(.invalidArgument, "the image archive is refused: its index is nested too deep")
    }

    private func read(
        manifest bytes: [UInt8], _ digest: Digest, names: [ImageReference]
    ) throws(EngineError) -> LoadableImage {
        let manifest = try JSON.decode(ImageManifest.self, bytes, document: "manifest \(digest)")
        let configurationDigest = try Digest.parse(manifest.config.digest, in: "manifest \(digest)")
        let file = try verified(configurationDigest, size: manifest.config.size, "configuration")
        let diffIDs = try diffIDs(of: file)
        guard diffIDs.count == manifest.layers.count else {
            throw EngineError(
                .corrupted,
                "the image archive is refused: manifest \(digest) has \(manifest.layers.count) layers, "
                    + "its configuration \(diffIDs.count)")
        }
        var layers: [LoadableImage.Layer] = []
        for (diffID, layer) in zip(diffIDs, manifest.layers) {
            let blob = try Digest.parse(layer.digest, in: "manifest \(digest)")
            let content: LoadableImage.Content
            if archive.blob(blob) == nil, Files.exists(store.blobPath(blob)) {
                content = .stored(blob, size: layer.size)
            } else {
                content = .file(try verified(blob, size: layer.size, "layer"))
            }
            layers.append(LoadableImage.Layer(diffID: diffID, content: content, mediaType: layer.mediaType))
        }
        return LoadableImage(manifest: (bytes, digest), configuration: file, layers: layers, names: names)
    }

    private func document(_ digest: Digest, _ what: String) throws(EngineError) -> [UInt8] {
        try archive.read(verified(digest, size: nil, what), "\(what) \(digest)", limits: store.limits)
    }

    /// A blob whose content is what its name says.
    private func verified(_ digest: Digest, size: Int64?, _ what: String) throws(EngineError) -> StagedArchive.File {
        guard let file = archive.blob(digest) else {
            throw EngineError(.corrupted, "the image archive is refused: its \(what) \(digest) is missing")
        }
        guard file.digest == digest else {
            throw EngineError(
                .corrupted,
                "the image archive is refused: its \(what) \(digest) does not match its digest, it is \(file.digest)")
        }
        guard size.map({ $0 == file.size }) ?? true else {
            throw EngineError(
                .corrupted,
                "the image archive is refused: its \(what) \(digest) has \(file.size) bytes, not \(size ?? 0)")
        }
        return file
    }

    // MARK: - Docker

    private func dockerEntries() throws(EngineError) -> [DockerArchiveEntry] {
        guard let file = archive.file("manifest.json") else { return [] }
        return try JSON.decode(
            [DockerArchiveEntry].self, archive.read(file, "manifest.json", limits: store.limits),
            document: "manifest.json of the image archive")
    }

    private func dockerNames(
        of image: LoadableImage, in entries: [DockerArchiveEntry]
    ) throws(EngineError) -> [ImageReference] {
        var names: [ImageReference] = []
        for entry in entries where archive.file(entry.config)?.digest == image.configuration.digest {
            for text in entry.repoTags ?? [] {
                let name = try ImageReference(text)
                if !image.names.contains(name), !names.contains(name) { names.append(name) }
            }
        }
        return names
    }

    private func read(_ entry: DockerArchiveEntry) throws(EngineError) -> LoadableImage {
        let configuration = try dockerFile(entry.config)
        let diffIDs = try diffIDs(of: configuration)
        let paths = entry.layers ?? []
        guard diffIDs.count == paths.count else {
            throw EngineError(
                .corrupted,
                "the image archive is refused: manifest.json has \(paths.count) layers, the configuration "
                    + "\(printable(entry.config)) \(diffIDs.count)")
        }
        var layers: [LoadableImage.Layer] = []
        for (diffID, path) in zip(diffIDs, paths) {
            layers.append(LoadableImage.Layer(diffID: diffID, content: .file(try dockerFile(path)), mediaType: nil))
        }
        var names: [ImageReference] = []
        for text in entry.repoTags ?? [] { names.append(try ImageReference(text)) }
        return LoadableImage(manifest: nil, configuration: configuration, layers: layers, names: names)
    }

    /// A file that `manifest.json` names; a name made of a digest is held to it.
    private func dockerFile(_ name: String) throws(EngineError) -> StagedArchive.File {
        guard let file = archive.file(name) else {
            throw EngineError(.corrupted, "the image archive is refused: \(printable(name)) is missing")
        }
        let last = name.split(separator: "/").last ?? ""
        let stem = last.hasSuffix(".json") ? last.dropLast(5) : last
        if let digest = Digest("sha256:\(stem)"), digest != file.digest {
            throw EngineError(
                .corrupted,
                "the image archive is refused: \(printable(name)) does not match its digest, it is \(file.digest)")
        }
        return file
    }

    private func diffIDs(of file: StagedArchive.File) throws(EngineError) -> [Digest] {
        let name = "configuration \(file.digest)"
        let configuration = try JSON.decode(
            ImageConfiguration.self, archive.read(file, name, limits: store.limits), document: name)
        let texts = configuration.rootfs.diffIDs
        guard texts.count <= store.limits.layers else {
            throw EngineError(
                .invalidArgument,
                "the image archive is refused: it has \(texts.count) layers, more than \(store.limits.layers)")
        }
        guard configuration.os == platform.os, configuration.architecture == platform.architecture else {
            throw EngineError(
                .unsupported,
                "the image is for \(printable(configuration.os))/\(printable(configuration.architecture)), this machine is "
                    + "\(platform.os)/\(platform.architecture)")
        }
        var diffIDs: [Digest] = []
        for text in texts { diffIDs.append(try Digest.parse(text, in: name)) }
        return diffIDs
    }

    private var platform: Platform { store.platform }
}
