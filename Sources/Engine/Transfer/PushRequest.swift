/// What is to be pushed.
public struct PushRequest: Sendable, Hashable {
    /// A name of an image that is here; it tells the registry as well.
    public var reference: String
    /// All tags of the repository that are here.
    public var allTags: Bool

    /// Makes a request.
    public init(reference: String, allTags: Bool = false) {
        self.reference = reference
        self.allTags = allTags
    }
}

/// A manifest that a push has put into a registry.
public struct PushedImage: Sendable, Hashable {
    /// The name it has there, the short way.
    public var reference: String
    /// The manifest's digest.
    public var digest: String
    /// The manifest's bytes.
    public var size: Int64

    /// Makes an answer.
    public init(reference: String, digest: String, size: Int64) {
        self.reference = reference
        self.digest = digest
        self.size = size
    }
}
