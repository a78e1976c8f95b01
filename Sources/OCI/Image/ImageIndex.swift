/// A list of manifests: one image for several platforms, or all images of a layout (image-spec, image-index.md).
public struct ImageIndex: Sendable, Hashable, Codable {
    /// Always 2.
    public var schemaVersion: Int
    /// `MediaType.index`, when told.
    public var mediaType: String?
    /// What is in the index.
    public var manifests: [Descriptor]
    /// Free notes.
    public var annotations: [String: String]?

    /// Makes an index, schema 2.
    public init(manifests: [Descriptor], annotations: [String: String]? = nil) {
        schemaVersion = 2
        mediaType = MediaType.index
        self.manifests = manifests
        self.annotations = annotations
    }
}
