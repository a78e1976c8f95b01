import Engine

/// An image's layers as they were read, with the sums that need a walk through all of them. Shared, not copied: there may
/// be a hundred thousand names in it.
final class ImageFiles: Sendable, Hashable {
    let layers: ImageLayers
    let total: Int64
    let wasted: Int64
    let efficiency: Double
    /// The largest layer, for the bars.
    let largest: Int64
    /// How many names there are in all layers.
    let names: Int

    init(_ layers: ImageLayers) {
        self.layers = layers
        total = layers.totalBytes
        wasted = layers.wastedBytes
        efficiency = layers.efficiency
        largest = layers.layers.map(\.size).max() ?? 0
        names = layers.layers.reduce(0) { $0 + $1.files.count }
    }

    static func == (left: ImageFiles, right: ImageFiles) -> Bool { left === right }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// Which tree the pane wants.
struct FilesRequest: Sendable, Hashable {
    var files: ImageFiles
    var layer: Int
    /// With all that the layers below have left.
    var isSum: Bool
    /// What paths must have in them.
    var filter: String
    /// The tree is here already; only the filter is another one.
    var known: PreparedFiles?

    /// Made off the thread that draws; `nil` when nobody wants it any more.
    func prepared() -> PreparedFiles? {
        guard let tree = known?.tree ?? FileTreeBuilder.tree(of: files.layers, layer: layer, isSum: isSum) else {
            return nil
        }
        return PreparedFiles(tree: tree, matches: filter.isEmpty ? nil : tree.matches(filter))
    }

    /// The same tree, whatever the filter.
    func hasSameTree(as other: FilesRequest) -> Bool {
        files == other.files && layer == other.layer && isSum == other.isSum
    }
}

/// A tree that is ready to be walked.
final class PreparedFiles: Sendable, Hashable {
    let tree: FileTree
    /// By node; `nil` without a filter.
    let matches: [Bool]?

    init(tree: FileTree, matches: [Bool]?) {
        self.tree = tree
        self.matches = matches
    }

    static func == (left: PreparedFiles, right: PreparedFiles) -> Bool { left === right }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
