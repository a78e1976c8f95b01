import OCI

/// A place that an image is copied from.
public protocol ImageSource: Sendable {
    /// What the place's name leads to: a manifest, or an index of several platforms.
    func manifest() async throws -> ManifestContent
    /// A manifest that an index of this place names; its bytes match the digest.
    func manifest(_ descriptor: Descriptor) async throws -> ManifestContent
    /// Hands over a blob's bytes from an offset on, in order, waiting for the sink each time. Whether they match the
    /// digest is checked by whoever takes them.
    func readBlob(
        _ blob: Descriptor, from offset: Int64, into sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws
}

/// Hands over one blob's bytes from an offset on; it may be asked again, from elsewhere.
public typealias BlobBytes =
    @Sendable (
        _ offset: Int64, _ sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws -> Void
