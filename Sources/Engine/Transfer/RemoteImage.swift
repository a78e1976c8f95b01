/// What a registry tells of an image without its layers being fetched (`inspect --remote`).
public struct RemoteImage: Sendable, Hashable, Codable {
    /// An image of an index, or an artifact that refers to the image.
    public struct Entry: Sendable, Hashable, Codable {
        /// The manifest's digest.
        public var digest: String
        /// The manifest's media type.
        public var mediaType: String
        /// Bytes of the manifest.
        public var size: Int64
        /// `os/architecture[/variant]`; `nil` where it is not told.
        public var platform: String?
        /// The kind of artifact; `nil` for an image.
        public var artifactType: String?

        /// Makes an entry.
        public init(digest: String, mediaType: String, size: Int64, platform: String?, artifactType: String?) {
            self.digest = digest
            self.mediaType = mediaType
            self.size = size
            self.platform = platform
            self.artifactType = artifactType
        }
    }

    /// A layer as the registry has it.
    public struct Layer: Sendable, Hashable, Codable {
        /// The blob's digest.
        public var digest: String
        /// Bytes of the blob, compressed.
        public var size: Int64
        /// The blob's media type.
        public var mediaType: String

        /// Makes a layer.
        public init(digest: String, size: Int64, mediaType: String) {
            self.digest = digest
            self.size = size
            self.mediaType = mediaType
        }
    }

    /// The name, the short way.
    public var reference: String
    /// What the name leads to: an index's digest, or a manifest's.
    public var digest: String
    /// The media type of that.
    public var mediaType: String
    /// The images of the index; empty when the name leads to a single manifest.
    public var platforms: [Entry]
    /// What refers to the image: signatures, SBOMs (distribution-spec, "Listing Referrers").
    public var referrers: [Entry]
    /// The image of the chosen platform; its size is that of the compressed layers. `nil` for an artifact.
    public var details: ImageDetails?
    /// Its layers, lowest first.
    public var layers: [Layer]

    /// Makes an answer.
    public init(
        reference: String, digest: String, mediaType: String, platforms: [Entry], referrers: [Entry],
        details: ImageDetails?, layers: [Layer]
    ) {
        self.reference = reference
        self.digest = digest
        self.mediaType = mediaType
        self.platforms = platforms
        self.referrers = referrers
        self.details = details
        self.layers = layers
    }
}
