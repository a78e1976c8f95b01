import struct Crypto.SHA256
import Engine
import LinuxSystem
import OCI

/// An image in an archive that `docker save` wrote, or podman, or skopeo. Where it is an OCI layout as well, as
/// docker's has been since version 25, the layout's manifest is taken, so that digests stay; else one is made.
public struct DockerArchiveSource: ImageSource {
    private let files: any PlaceFiles
    private let content: ManifestContent
    /// Names of files, by digest.
    private let names: [String: String]

    /// Finds the image.
    ///
    /// - Parameters:
    ///   - name: may be left out when there is only one image.
    ///   - scratch: a directory on a disk with room for the archive without its coat.
    public init(
        _ path: String, name: String?, scratch: String, limits: ArchiveLimits = ArchiveLimits()
    ) throws(EngineError) {
        let files = try ArchiveFiles(path, scratch: scratch, limits: limits)
        self.files = files
        guard let bytes = try files.document("manifest.json", limit: limits.documentBytes) else {
            throw EngineError(
                .invalidArgument, "\(files.subject) is not an archive of docker's: it has no manifest.json")
        }
        let entries = try JSON.decode(
            [DockerArchiveEntry].self, bytes, document: "manifest.json of \(files.subject)")
        let entry = try Self.choose(from: entries, name: name, files.subject)
        guard let configuration = try files.document(entry.config, limit: limits.documentBytes) else {
            throw files.missing(printable(entry.config))
        }
        let digest = Digest(of: configuration)
        if let found = try Self.layoutManifest(of: digest, in: files, limits) {
            content = found.content
            names = found.names
        } else {
            (content, names) = try Self.make(entry, configuration, in: files, limits)
        }
    }

    private static func choose(
        from entries: [DockerArchiveEntry], name: String?, _ subject: String
    ) throws(EngineError) -> DockerArchiveEntry {
        let tags = entries.flatMap { $0.repoTags ?? [] }.sorted()
        let hint = tags.isEmpty ? nil : "name one of them: " + printable(tags.joined(separator: ", "))
        guard let name else {
            if entries.count == 1, let only = entries.first { return only }
            throw EngineError(.invalidArgument, "\(subject) holds \(entries.count) images", hint: hint)
        }
        let wanted = try ImageReference(name)
        let found = entries.first { entry in
            (entry.repoTags ?? []).contains { $0 == name || (try? ImageReference($0)) == wanted }
        }
        guard let found else {
            throw EngineError(.notFound, "\(subject) holds no image \(printable(name))", hint: hint)
        }
        return found
    }

    /// The manifest of the layout beside `manifest.json` that has the configuration.
    private static func layoutManifest(
        of configuration: Digest, in files: ArchiveFiles, _ limits: ArchiveLimits
    ) throws(EngineError) -> (content: ManifestContent, names: [String: String])? {
        guard try files.size(of: "index.json") != nil else { return nil }
        for descriptor in try LayoutSource.images(in: files, limits) where MediaType.isManifest(descriptor.mediaType) {
            guard let digest = Digest(descriptor.digest),
                let bytes = try files.document("blobs/sha256/\(digest.hex)", limit: limits.documentBytes),
                Digest(of: bytes) == digest
            else { continue }
            let content = ManifestContent(bytes: bytes, mediaType: descriptor.mediaType)
            let manifest = try content.manifest()
            guard manifest.config.digest == configuration.description else { continue }
            var names: [String: String] = [:]
            for blob in [manifest.config] + manifest.layers {
                names[blob.digest] = "blobs/sha256/\(blob.digest.dropFirst("sha256:".count))"
            }
            return (content, names)
        }
        return nil
    }

    private static func make(
        _ entry: DockerArchiveEntry, _ configuration: [UInt8], in files: ArchiveFiles, _ limits: ArchiveLimits
    ) throws(EngineError) -> (ManifestContent, [String: String]) {
        let digest = Digest(of: configuration)
        var names = [digest.description: entry.config]
        let parsed = try JSON.decode(ImageConfiguration.self, configuration, document: "configuration \(digest)")
        let paths = entry.layers ?? []
        guard parsed.rootfs.diffIDs.count == paths.count, paths.count <= limits.layers else {
            throw EngineError(
                .corrupted,
                "\(files.subject) is damaged: manifest.json has \(paths.count) layers, the configuration "
                    + "\(parsed.rootfs.diffIDs.count)")
        }
        var layers: [Descriptor] = []
        for (path, text) in zip(paths, parsed.rootfs.diffIDs) {
            let diffID = try Digest.parse(text, in: "configuration \(digest)")
            let layer = try describe(path, diffID: diffID, in: files)
            names[layer.digest] = path
            layers.append(layer)
        }
        let manifest = ImageManifest(
            config: Descriptor(
                mediaType: MediaType.configuration, digest: digest.description, size: Int64(configuration.count)),
            layers: layers)
        return (ManifestContent(bytes: try JSON.encode(manifest), mediaType: MediaType.manifest), names)
    }

    /// A plain layer is known by its diff identifier; a compressed one must be read to be named.
    private static func describe(
        _ path: String, diffID: Digest, in files: ArchiveFiles
    ) throws(EngineError) -> Descriptor {
        guard let size = try files.size(of: path) else { throw files.missing(printable(path)) }
        let first = try files.read(path, at: 0, upTo: 4)
        let compression = first.withUnsafeBytes { Compression(firstBytes: $0) }
        if case .none = compression {
            return Descriptor(mediaType: compression.layerMediaType, digest: diffID.description, size: size)
        }
        var hash = SHA256()
        var position: Int64 = 0
        while position < size {
            let piece = try files.read(path, at: position, upTo: 1 << 20)
            guard !piece.isEmpty else { throw files.missing("the end of \(printable(path))") }
            hash.update(data: piece)
            position += Int64(piece.count)
        }
        return Descriptor(
            mediaType: compression.layerMediaType, digest: Digest(hash.finalize()).description, size: size)
    }

    /// See `ImageSource`.
    public func manifest() async throws -> ManifestContent { content }

    /// See `ImageSource`.
    public func manifest(_ descriptor: Descriptor) async throws -> ManifestContent {
        throw EngineError(.notFound, "\(files.subject) holds no manifest \(printable(descriptor.digest))")
    }

    /// See `ImageSource`.
    public func readBlob(
        _ blob: Descriptor, from offset: Int64, into sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        guard let name = names[blob.digest] else { throw files.missing("the blob \(printable(blob.digest))") }
        try await files.pass(name, from: offset, into: sink)
    }
}
