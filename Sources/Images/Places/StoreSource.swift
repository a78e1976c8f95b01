import Engine
import LinuxSystem
import OCI

/// An image of the store as a place to copy from. What it offers is held until it is gone.
public final class StoreSource: ImageSource {
    private let change: StoreChange
    private let top: ManifestContent

    /// Finds the image.
    /// - Throws: `.notFound`.
    public init(_ reference: String, in store: ImageStore) throws(EngineError) {
        change = try store.beginChange()
        let found = try store.find(reference, in: try store.readIndex())
        top = try Self.read(found.image.descriptor, in: store)
    }

    deinit { change.finish() }

    private static func read(_ descriptor: Descriptor, in store: ImageStore) throws(EngineError) -> ManifestContent {
        let digest = try Digest.parse(descriptor.digest, in: "the image store")
        guard Files.exists(store.blobPath(digest)) else {
            throw EngineError(.notFound, "the image store holds no manifest \(digest)")
        }
        return ManifestContent(
            bytes: try store.readDocument(digest, "manifest"), mediaType: descriptor.mediaType)
    }

    /// See `ImageSource`.
    public func manifest() async throws -> ManifestContent { top }

    /// See `ImageSource`.
    public func manifest(_ descriptor: Descriptor) async throws -> ManifestContent {
        try Self.read(descriptor, in: change.store)
    }

    /// See `ImageSource`.
    public func readBlob(
        _ blob: Descriptor, from offset: Int64, into sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        let reader = try change.store.openBlob(try Digest.parse(blob.digest, in: "the manifest"))
        try await reader.send(from: offset, into: sink)
    }
}
