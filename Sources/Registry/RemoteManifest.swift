import OCI

/// A manifest or index as a registry has it.
public struct RemoteManifest: Sendable, Hashable {
    /// The bytes, which match `digest`.
    public var bytes: [UInt8]
    /// What they are; see `MediaType`.
    public var mediaType: String
    /// What they hash to.
    public var digest: Digest
    /// Who has told them, when it was a mirror: `mirror.example:5000`.
    public var mirror: String?
    /// What is left of the registry's limit on pulls, when it tells: `97 of 100 pulls left for 6 h`.
    public var rateLimit: String?

    /// Makes a manifest.
    public init(
        bytes: [UInt8], mediaType: String, digest: Digest, mirror: String? = nil, rateLimit: String? = nil
    ) {
        self.bytes = bytes
        self.mediaType = mediaType
        self.digest = digest
        self.mirror = mirror
        self.rateLimit = rateLimit
    }

    /// Its descriptor.
    public var descriptor: Descriptor {
        Descriptor(mediaType: mediaType, digest: digest.description, size: Int64(bytes.count))
    }
}
