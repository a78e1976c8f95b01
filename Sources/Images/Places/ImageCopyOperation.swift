import Engine
import LinuxSystem
import OCI

/// Copies an image from one place to another; digests and media types stay.
public struct ImageCopyOperation: Sendable {
    private let source: any ImageSource
    private let destination: any ImageDestination
    private let platform: Platform
    private let allPlatforms: Bool
    private let progress: TransferProgress

    /// Makes a copy of one platform's image, or of all and the index.
    public init(
        from source: any ImageSource, to destination: any ImageDestination, platform: Platform, allPlatforms: Bool,
        progress: @escaping TransferProgress
    ) {
        self.source = source
        self.destination = destination
        self.platform = platform
        self.allPlatforms = allPlatforms
        self.progress = progress
    }

    /// Copies and commits; whatever fails, nothing half is left.
    ///
    /// - Parameter names: what the image is called at the destination, as the destination spells names.
    /// - Returns: the digest of what was copied: a manifest's or an index's.
    public func run(names: [String]) async throws -> Digest {
        do {
            let digest = try await copy(names: names)
            try await destination.commit()
            return digest
        } catch {
            await destination.abandon()
            throw error
        }
    }

    /// Copies without committing, for a destination that takes several images.
    public func copy(names: [String]) async throws -> Digest {
        let top = try await source.manifest()
        guard top.isIndex else {
            try await copy(top, names: names)
            return top.digest
        }
        guard allPlatforms else {
            let manifest = try await choose(from: top)
            try await copy(manifest, names: names)
            return manifest.digest
        }
        guard destination.takesIndexes else {
            throw EngineError(
                .unsupported, "an archive of docker's holds images of one platform each",
                hint: "leave out --all, or copy to an OCI layout")
        }
        try await copyIndex(top, names: names, depth: 0)
        return top.digest
    }

    private func copyIndex(_ content: ManifestContent, names: [String]?, depth: Int) async throws {
        guard depth < 4 else { throw EngineError(.corrupted, "the index \(content.digest) is nested too deep") }
        let descriptors = try content.index().manifests
        var missing: [String] = []
        for descriptor in descriptors {
            guard let inner = try await present(descriptor) else {
                missing.append(descriptor.platform?.text ?? descriptor.digest)
                continue
            }
            if inner.isIndex {
                try await copyIndex(inner, names: nil, depth: depth + 1)
            } else {
                try await copy(inner, names: nil)
            }
        }
        guard missing.count < descriptors.count || missing.isEmpty else {
            throw EngineError(.notFound, "none of the images of the index \(content.digest) is there")
        }
        if !missing.isEmpty {
            progress(.notice("not there, and left out: " + printable(missing.joined(separator: ", "))))
        }
        try await destination.putManifest(content, names: names)
    }

    /// An index may name manifests that its place does not have (image-spec, image-layout.md).
    private func present(_ descriptor: Descriptor) async throws -> ManifestContent? {
        do { return try await source.manifest(descriptor) } catch let error as EngineError where error.code == .notFound
        {
            return nil
        }
    }

    private func choose(from top: ManifestContent) async throws -> ManifestContent {
        var current = top
        for _ in 0..<4 {
            guard current.isIndex else { return current }
            current = try await source.manifest(current.index().entry(for: platform, named: "\(current.digest)"))
        }
        throw EngineError(.corrupted, "the index \(top.digest) is nested too deep")
    }

    // MARK: - One manifest

    private func copy(_ content: ManifestContent, names: [String]?) async throws {
        let image = try content.manifest()
        var seen: Set<String> = [image.config.digest]
        let layers = image.layers.filter { seen.insert($0.digest).inserted }
        progress(
            .manifest(
                digest: content.digest.description,
                blobs: layers.map { BlobProgress(digest: $0.digest, size: $0.size, phase: .waiting) }))
        try await destination.prepare(content, image)
        // The configuration tells what the layers are, and is no layer: docker does not show it either.
        try await copy(image.config) { _ in }
        try await forEachConcurrently(layers, width: destination.width) { layer in try await copy(layer, progress) }
        try await destination.putManifest(content, names: names)
    }

    private func copy(_ blob: Descriptor, _ tell: @escaping TransferProgress) async throws {
        guard Digest(blob.digest) != nil, blob.size >= 0 else {
            throw EngineError(.corrupted, "the manifest names a blob \(printable(blob.digest)), which makes no sense")
        }
        let mark = BlobProgress(digest: blob.digest, size: blob.size, phase: .waiting)
        let meter = ProgressMeter(mark, tell)
        guard try await !destination.hasBlob(blob) else { return meter.enter(.exists) }
        let source = source
        try await destination.putBlob(blob) { offset, sink in
            meter.reach(offset, .downloading)
            try await source.readBlob(blob, from: offset) { bytes in
                try await sink(bytes)
                meter.advance(by: bytes.count, .downloading)
            }
        }
        meter.enter(.done)
    }
}
