/// A difference between a container's file system and its image (`docker diff`).
public struct FileChange: Sendable, Hashable, Codable {
    /// Docker's letters.
    public enum Kind: String, Sendable, Hashable, Codable {
        case added = "A"
        case changed = "C"
        case deleted = "D"
    }

    /// What became of the path.
    public var kind: Kind
    /// Absolute path in the container.
    public var path: String

    /// Makes a change.
    public init(kind: Kind, path: String) {
        self.kind = kind
        self.path = path
    }
}
