/// One image as a list shows it.
public struct Image: Sendable, Hashable, Codable, Identifiable {
    /// The name of the engine that it belongs to, set where several are merged; `nil` from an engine itself.
    public var engine: String?
    /// Digest of the configuration.
    public var id: ImageID
    /// `repository:tag` names as people write them (`busybox:latest`); empty for a dangling image.
    public var tags: [String]
    /// Digest of the manifest in the store.
    public var digest: String
    /// `repository@digest` for every registry that it came from or went to; the digest is an index's where there was one.
    public var repoDigests: [String]
    /// When it was made, as its configuration tells; `nil` when it does not.
    public var createdAt: Timestamp?
    /// Unpacked size in bytes, all layers.
    public var size: Int64
    /// By the names of Go's `GOARCH`: `amd64`, `arm64`.
    public var architecture: String
    /// By the names of Go's `GOOS`: `linux`.
    public var os: String
    /// Layers, empty ones left out.
    public var layerCount: Int
    /// The configuration's labels.
    public var labels: [String: String]

    /// Makes an image row.
    public init(
        id: ImageID, tags: [String], digest: String, createdAt: Timestamp?, size: Int64, architecture: String,
        os: String, layerCount: Int, labels: [String: String] = [:], repoDigests: [String] = []
    ) {
        self.id = id
        self.tags = tags
        self.digest = digest
        self.repoDigests = repoDigests
        self.createdAt = createdAt
        self.size = size
        self.architecture = architecture
        self.os = os
        self.layerCount = layerCount
        self.labels = labels
    }
}
