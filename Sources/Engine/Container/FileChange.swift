/// A difference between a container's file system and its image (`docker diff`).
public struct FileChange: Sendable, Hashable, Codable {
    /// Docker's letters.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case added = "A"
        case changed = "C"
        case deleted = "D"
    }

    /// What became of the path.
    public var kind: Kind
    /// Where in the container.
    public var location: ContainerPath
    /// Bytes of a file that was added or changed, or of the one that is gone; `nil` for directories and where nobody knows.
    public var size: Int64?
    /// It is a directory, or was one.
    public var isDirectory: Bool

    /// Absolute path in the container, in words.
    public var path: String { location.text }

    /// Makes a change.
    public init(kind: Kind, location: ContainerPath, size: Int64? = nil, isDirectory: Bool = false) {
        self.kind = kind
        self.location = location
        self.size = size
        self.isDirectory = isDirectory
    }

    /// Makes a change of a path in words.
    public init(kind: Kind, path: String, size: Int64? = nil, isDirectory: Bool = false) {
        self.init(kind: kind, location: ContainerPath(path), size: size, isDirectory: isDirectory)
    }
}
