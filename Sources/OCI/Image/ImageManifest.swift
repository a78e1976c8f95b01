/// One image for one platform: its configuration and its layers, lowest first (image-spec, manifest.md).
public struct ImageManifest: Sendable, Hashable, Codable {
    /// Always 2.
    public var schemaVersion: Int
    /// `MediaType.manifest`, when told.
    public var mediaType: String?
    /// The configuration, whose digest is the image's identifier.
    public var config: Descriptor
    /// The layers' archives, lowest first.
    public var layers: [Descriptor]
    /// Free notes.
    public var annotations: [String: String]?

    /// Makes a manifest, schema 2.
    public init(config: Descriptor, layers: [Descriptor], annotations: [String: String]? = nil) {
        schemaVersion = 2
        mediaType = MediaType.manifest
        self.config = config
        self.layers = layers
        self.annotations = annotations
    }
}
