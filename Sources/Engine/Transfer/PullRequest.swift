/// What is to be pulled.
public struct PullRequest: Sendable, Hashable {
    /// `name[:tag][@digest]`.
    public var reference: String
    /// `os/architecture[/variant]`; `nil` is the host's.
    public var platform: String?
    /// All tags of the repository.
    public var allTags: Bool

    /// Makes a request.
    public init(reference: String, platform: String? = nil, allTags: Bool = false) {
        self.reference = reference
        self.platform = platform
        self.allTags = allTags
    }
}

/// An image that a pull has brought.
public struct PulledImage: Sendable, Hashable {
    /// The name it has here, the short way: `busybox:latest`.
    public var reference: String
    /// Everything spelled out, as docker prints last: `docker.io/library/busybox:latest`.
    public var fullReference: String
    /// The digest of the configuration.
    public var id: ImageID
    /// The digest that the reference led to: an index's, or a manifest's.
    public var digest: String
    /// Nothing had to be fetched: the name led to this image already.
    public var isUpToDate: Bool

    /// Makes an answer.
    public init(reference: String, fullReference: String, id: ImageID, digest: String, isUpToDate: Bool) {
        self.reference = reference
        self.fullReference = fullReference
        self.id = id
        self.digest = digest
        self.isUpToDate = isUpToDate
    }
}
