/// A place in the hierarchy of images: a layer, on others, with the images that end there (`image tree`).
///
/// A base image is told by digests alone: an image whose layers are the lowest ones of another's is its base.
public struct ImageTreeNode: Sendable, Hashable, Codable {
    /// Layers in a row, lowest first, with nothing branching off between them.
    public var layers: [String]
    /// Bytes of these layers.
    public var size: Int64
    /// Bytes of these and all below.
    public var totalSize: Int64
    /// Images that end with the last of the layers.
    public var images: [Image]
    /// What stands on it, most bytes first.
    public var children: [ImageTreeNode]

    /// Makes a place.
    public init(layers: [String], size: Int64, totalSize: Int64, images: [Image], children: [ImageTreeNode]) {
        self.layers = layers
        self.size = size
        self.totalSize = totalSize
        self.images = images
        self.children = children
    }
}
