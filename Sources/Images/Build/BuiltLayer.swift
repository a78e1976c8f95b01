import OCI

/// A layer in the store, blob and unpacked files.
public struct BuiltLayer: Sendable, Hashable, Codable {
    /// The digest of the uncompressed archive.
    public var diffID: Digest
    /// The blob: a layer's media type, digest and size.
    public var descriptor: Descriptor
    /// Its directory's name below the store's `layersDirectory`.
    public var directory: String
    /// Bytes of file content.
    public var size: Int64

    /// Makes a layer.
    public init(diffID: Digest, descriptor: Descriptor, directory: String, size: Int64) {
        self.diffID = diffID
        self.descriptor = descriptor
        self.directory = directory
        self.size = size
    }
}
