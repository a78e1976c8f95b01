import Engine
import LinuxSystem
import OCI

extension ImageStore {
    /// Writes images in one of the formats that others know; manifests and blobs go as they are.
    ///
    /// - Throws: `.invalidArgument` where a format cannot be written so.
    public func export(
        _ references: [String], as format: ImageFormat, to target: ImageSaveTarget
    ) async throws {
        guard !references.isEmpty else { throw EngineError(.invalidArgument, "no image to save was named") }
        guard format != .dockerDirectory || references.count == 1 else {
            throw EngineError(
                .invalidArgument, "a directory of the format docker-dir holds one image",
                hint: "save the images one by one, or use --format oci-dir")
        }
        let destination = try destination(format, target)
        do {
            for (source, names) in try exports(references) {
                _ = try await ImageCopyOperation(
                    from: source, to: destination, platform: platform, allPlatforms: false, progress: { _ in }
                ).copy(names: names)
            }
            try await destination.commit()
        } catch {
            await destination.abandon()
            throw error
        }
    }

    private func destination(
        _ format: ImageFormat, _ target: ImageSaveTarget
    ) throws(EngineError) -> any ImageDestination {
        switch (format, target) {
        case (.dockerArchive, .path(let path)): return try DockerArchiveDestination(archive: path)
        case (.dockerArchive, .descriptor(let descriptor)): return try DockerArchiveDestination(descriptor: descriptor)
        case (.ociArchive, .path(let path)): return try LayoutDestination(archive: path)
        case (.ociArchive, .descriptor(let descriptor)): return try LayoutDestination(descriptor: descriptor)
        case (.ociDirectory, .path(let path)): return try LayoutDestination(directory: path)
        case (.dockerDirectory, .path(let path)): return try PlainDirectoryDestination(path)
        case (_, .descriptor):
            throw EngineError(
                .invalidArgument, "a directory cannot be written to standard output", hint: "use -o DIRECTORY")
        }
    }

    /// Each image once, with all names that it was asked for by.
    private func exports(_ references: [String]) throws(EngineError) -> [(source: StoreSource, names: [String])] {
        let index = try readIndex()
        var exports: [(digest: String, source: StoreSource, names: [String])] = []
        for reference in references {
            let found = try find(reference, in: index)
            let names = found.name.map { [$0.familiar] } ?? []
            if let known = exports.firstIndex(where: { $0.digest == found.image.descriptor.digest }) {
                exports[known].names += names.filter { !exports[known].names.contains($0) }
            } else {
                exports.append((found.image.descriptor.digest, try StoreSource(reference, in: self), names))
            }
        }
        return exports.map { ($0.source, $0.names) }
    }

    /// Reads all images of a directory, an OCI image layout or one of skopeo's `dir:`; returns names or identifiers.
    ///
    /// A directory that is damaged is refused whole.
    public func load(fromDirectory path: String) async throws -> [String] {
        guard Files.exists("\(path)/index.json") || !Files.exists("\(path)/manifest.json") else {
            return try await load([(PlainDirectorySource(path, limits: limits), nil)])
        }
        let files = try DirectoryFiles(path)
        var images: [(any ImageSource, ImageReference?)] = []
        for descriptor in try LayoutSource.images(in: files, limits) {
            images.append((LayoutSource(files, descriptor, limits), try descriptor.loadedName))
        }
        guard !images.isEmpty else {
            throw EngineError(.invalidArgument, "\(printable(path)) holds no image")
        }
        return try await load(images)
    }

    private func load(_ images: [(source: any ImageSource, name: ImageReference?)]) async throws -> [String] {
        let destination = try StoreDestination(self)
        do {
            var loaded: [String] = []
            for (source, name) in images {
                let operation = ImageCopyOperation(
                    from: source, to: destination, platform: platform, allPlatforms: false, progress: { _ in })
                let digest = try await operation.copy(names: name.map { [$0.full] } ?? [])
                loaded.append(try name?.familiar ?? destination.identifier(of: digest))
            }
            try await destination.commit()
            return loaded
        } catch {
            destination.discard()
            throw error
        }
    }
}

extension Descriptor {
    /// What an image of a layout is called when it is loaded. Docker writes the tag alone into `ref.name` and the
    /// whole name into containerd's annotation; skopeo and podman write the whole name into `ref.name`.
    var loadedName: ImageReference? {
        get throws(EngineError) {
            if let text = annotations?[Annotation.containerdImageName] { return try ImageReference(text) }
            guard let text = annotations?[Annotation.referenceName] else { return nil }
            let isBareTag = text == "latest" || text.utf8.first.map { (0x30...0x39).contains($0) } ?? true
            if isBareTag, !text.contains(":"), !text.contains("/") { return nil }
            return try ImageReference(text)
        }
    }
}
