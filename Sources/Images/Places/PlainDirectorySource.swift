import Engine
import LinuxSystem
import OCI

/// An image as plain files in a directory: skopeo's `dir:` (containers-transports(5)).
public struct PlainDirectorySource: ImageSource {
    private let files: DirectoryFiles
    private let limits: ArchiveLimits

    /// Opens the directory.
    public init(_ directory: String, limits: ArchiveLimits = ArchiveLimits()) throws(EngineError) {
        files = try DirectoryFiles(directory)
        self.limits = limits
    }

    /// See `ImageSource`.
    public func manifest() async throws -> ManifestContent { try read("manifest.json") }

    /// See `ImageSource`.
    public func manifest(_ descriptor: Descriptor) async throws -> ManifestContent {
        let digest = try Digest.parse(descriptor.digest, in: "manifest.json of \(files.subject)")
        let content = try read("\(digest.hex).manifest.json")
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
        try await files.pass(digest.hex, from: offset, into: sink)
    }

    private func read(_ name: String) throws(EngineError) -> ManifestContent {
        guard let bytes = try files.document(name, limit: limits.documentBytes) else {
            throw EngineError(
                .notFound, "\(files.subject) holds no image: it has no \(name)",
                hint: "dir: wants a directory that skopeo or spyhop copied to")
        }
        return try ManifestContent(guessing: bytes, in: "\(name) of \(files.subject)")
    }
}
