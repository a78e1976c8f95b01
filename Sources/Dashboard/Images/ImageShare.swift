import Engine

/// How much of an image other images have as well.
struct ImageShare: Sendable, Hashable {
    /// Bytes of layers that it alone has.
    var unique: Int64
    /// Bytes of layers that others have too.
    var shared: Int64
    /// The nearest image that it stands on.
    var base: String?

    /// Every image's share, from the tree of all layers.
    static func all(in tree: [ImageTreeNode]) -> [ImageID: ImageShare] {
        var shares: [ImageID: ImageShare] = [:]
        var waiting = tree.map { (node: $0, shared: Int64(0), base: String?.none) }
        while let (node, below, base) = waiting.popLast() {
            let isShared = node.children.count + node.images.count > 1
            let shared = isShared ? below + node.size : below
            for image in node.images {
                shares[image.id] = ImageShare(
                    unique: max(0, node.totalSize - shared), shared: max(0, shared), base: base)
            }
            let next = node.images.first.map(ImagesState.name) ?? base
            waiting += node.children.map { ($0, shared, next) }
        }
        return shares
    }
}
