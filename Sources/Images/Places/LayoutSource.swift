import Engine
import LinuxSystem
import OCI

/// An image in the OCI image layout (image-spec, image-layout.md), in a directory or a tar archive.
public struct LayoutSource: ImageSource {
    private let files: any PlaceFiles
    private let limits: ArchiveLimits
    private let top: Descriptor

    /// Finds the image in a directory.
    ///
    /// - Parameter name: as the layout spells it; may be left out when there is only one image.
    /// - Throws: `.notFound`; `.invalidArgument` when it is no layout, or holds several images.
    public init(directory: String, name: String?, limits: ArchiveLimits = ArchiveLimits()) throws(EngineError) {
        try self.init(DirectoryFiles(directory), name: name, limits: limits)
    }

    /// Finds the image in an archive, plain or in a coat of gzip or zstd.
    ///
    /// - Parameter scratch: a directory on a disk with room for the archive without its coat.
    public init(
        archive: String, name: String?, scratch: String, limits: ArchiveLimits = ArchiveLimits()
    ) throws(EngineError) {
        try self.init(ArchiveFiles(archive, scratch: scratch, limits: limits), name: name, limits: limits)
    }

    private init(_ files: any PlaceFiles, name: String?, limits: ArchiveLimits) throws(EngineError) {
        self.init(files, try Self.choose(from: Self.images(in: files, limits), name: name, files.subject), limits)
    }

    init(_ files: any PlaceFiles, _ top: Descriptor, _ limits: ArchiveLimits) {
        self.files = files
        self.limits = limits
        self.top = top
    }

    /// What the layout's index lists.
    static func images(in files: any PlaceFiles, _ limits: ArchiveLimits) throws(EngineError) -> [Descriptor] {
        guard let bytes = try files.document("index.json", limit: limits.documentBytes) else {
            throw EngineError(
                .invalidArgument, "\(files.subject) is not an OCI image layout: it has no index.json")
        }
        let index = try JSON.decode(ImageIndex.self, bytes, document: "index.json of \(files.subject)")
        return index.manifests.filter { MediaType.isIndex($0.mediaType) || MediaType.isManifest($0.mediaType) }
    }

    private static func choose(
        from images: [Descriptor], name: String?, _ subject: String
    ) throws(EngineError) -> Descriptor {
        guard let name else {
            if let only = images.first, images.allSatisfy({ $0.digest == only.digest }) { return only }
            let names = images.compactMap { $0.annotations?[Annotation.referenceName] }.sorted()
            throw EngineError(
                images.isEmpty ? .notFound : .invalidArgument,
                images.isEmpty ? "\(subject) holds no image" : "\(subject) holds \(images.count) images",
                hint: names.isEmpty ? nil : "name one of them: " + printable(names.joined(separator: ", ")))
        }
        if let exact = images.first(where: { $0.annotations?[Annotation.referenceName] == name }) { return exact }
        let reference = try? ImageReference(name)
        if let same = images.first(where: { $0.reference != nil && $0.reference == reference }) { return same }
        throw EngineError(.notFound, "\(subject) holds no image \(printable(name))")
    }

    /// See `ImageSource`.
    public func manifest() async throws -> ManifestContent { try await manifest(top) }

    /// See `ImageSource`.
    public func manifest(_ descriptor: Descriptor) async throws -> ManifestContent {
        let digest = try Digest.parse(descriptor.digest, in: "index.json of \(files.subject)")
        guard let bytes = try files.document("blobs/sha256/\(digest.hex)", limit: limits.documentBytes) else {
            throw EngineError(.notFound, "\(files.subject) holds no manifest \(digest)")
        }
        let content = ManifestContent(bytes: bytes, mediaType: descriptor.mediaType)
        guard content.digest == digest else {
            throw EngineError(.corrupted, "the manifest \(digest) in \(files.subject) does not match its digest")
        }
        return content
    }

    /// See `ImageSource`.
    public func readBlob(
        _ blob: Descriptor, from offset: Int64, into sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        let digest = try Digest.parse(blob.digest, in: "a manifest of \(files.subject)")
        try await files.pass("blobs/sha256/\(digest.hex)", from: offset, into: sink)
    }
}
