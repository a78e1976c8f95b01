/// Points at content: what it is, how to recognise it, how large it is (image-spec, descriptor.md).
public struct Descriptor: Sendable, Hashable, Codable {
    /// What the content is; see `MediaType`.
    public var mediaType: String
    /// `algorithm:encoded`, as in `sha256:` and 64 hexadecimal digits.
    public var digest: String
    /// Bytes of the content as stored.
    public var size: Int64
    /// Where else the content can be had.
    public var urls: [String]?
    /// Free notes; in an index they carry names.
    public var annotations: [String: String]?
    /// The content itself, base64, when embedded.
    public var data: String?
    /// The kind of artifact, when the content is one.
    public var artifactType: String?
    /// What the content runs on; only in an index.
    public var platform: Platform?

    /// Makes a descriptor.
    public init(
        mediaType: String, digest: String, size: Int64, urls: [String]? = nil, annotations: [String: String]? = nil,
        data: String? = nil, artifactType: String? = nil, platform: Platform? = nil
    ) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
        self.urls = urls
        self.annotations = annotations
        self.data = data
        self.artifactType = artifactType
        self.platform = platform
    }
}
