import Engine

/// Images by the layers that they stand on: those that begin with the same layers stand on the same place.
enum ImageHierarchy {
    /// An image and its layers with their bytes, lowest first.
    struct Member: Sendable {
        var image: Image
        var layers: [(diffID: String, size: Int64)]
    }

    /// The places on which nothing of the others' stands, most bytes first.
    static func nodes(_ members: [Member]) -> [ImageTreeNode] { nodes(members, from: 0, below: 0) }

    /// - Parameters:
    ///   - members: share their first `depth` layers.
    ///   - below: the bytes of those.
    private static func nodes(_ members: [Member], from depth: Int, below: Int64) -> [ImageTreeNode] {
        let groups = Dictionary(grouping: members) { member in
            depth < member.layers.count ? member.layers[depth].diffID : nil
        }
        return groups.values.map { node($0, from: depth, below: below) }.sorted { left, right in
            let (first, second) = (left.totalSize, right.totalSize)
            if first != second { return first > second }
            return (left.images.first?.id.rawValue ?? left.layers.first ?? "")
                < (right.images.first?.id.rawValue ?? right.layers.first ?? "")
        }
    }

    /// - Parameter members: share their layer at `depth`, or have none there.
    private static func node(_ members: [Member], from depth: Int, below: Int64) -> ImageTreeNode {
        var layers: [String] = []
        var size: Int64 = 0
        var end = depth
        while let first = members.first, end < first.layers.count,
            members.allSatisfy({ $0.layers.count > end && $0.layers[end].diffID == first.layers[end].diffID }),
            end == depth || !members.contains(where: { $0.layers.count == end })
        {
            layers.append(first.layers[end].diffID)
            size += first.layers[end].size
            end += 1
        }
        let images = members.filter { $0.layers.count == end }.map(\.image).sorted { $0.id.rawValue < $1.id.rawValue }
        return ImageTreeNode(
            layers: layers, size: size, totalSize: below + size, images: images,
            children: nodes(members.filter { $0.layers.count > end }, from: end, below: below + size))
    }
}
