/// One layer of an image and what it does to the files.
public struct ImageLayer: Sendable, Hashable, Codable {
    /// The digest of the uncompressed archive.
    public var diffID: String
    /// The blob's digest.
    public var digest: String
    /// Bytes of files' content.
    public var size: Int64
    /// The instruction that made it; empty when the history does not tell.
    public var createdBy: String
    /// What it has, in the order of paths, each directory before what is in it.
    public var files: [LayerFile]

    /// Makes a layer.
    public init(diffID: String, digest: String, size: Int64, createdBy: String, files: [LayerFile]) {
        self.diffID = diffID
        self.digest = digest
        self.size = size
        self.createdBy = createdBy
        self.files = files
    }
}
