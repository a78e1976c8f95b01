import Engine

/// What `image tree` shows.
struct HierarchyReport {
    /// How many layers of a place are named before the rest is counted.
    private static let mostLayers = 3

    private let nodes: [ImageTreeNode]
    private let truncates: Bool

    init(_ nodes: [ImageTreeNode], truncates: Bool) {
        self.nodes = nodes
        self.truncates = truncates
    }

    /// A line a place.
    var text: String {
        let places = nodes.flatMap { [line($0, lead: "")] + lines(of: $0.children, .root) }
        return TextTable.render(["IMAGE\tSIZE\tTOTAL\tLAYERS"] + places)
    }

    private func lines(of nodes: [ImageTreeNode], _ branch: Branch) -> [String] {
        nodes.enumerated().flatMap { index, node in
            let isLast = index == nodes.count - 1
            return [line(node, lead: branch.before(isLast: isLast))]
                + lines(of: node.children, branch.beneath(isLast: isLast))
        }
    }

    private func line(_ node: ImageTreeNode, lead: String) -> String {
        let name = node.images.isEmpty ? "<no image>" : node.images.map(name).joined(separator: ", ")
        let size = ExploringText.size(node.size)
        return "\(lead)\(name)\t\(size)\t\(ExploringText.size(node.totalSize))\t\(layers(node.layers))"
    }

    private func name(_ image: Image) -> String {
        if !image.tags.isEmpty { return image.tags.joined(separator: ", ") }
        return "<none> " + (truncates ? image.id.short : image.id.rawValue)
    }

    private func layers(_ layers: [String]) -> String {
        guard truncates else { return layers.joined(separator: " ") }
        let more = layers.count - Self.mostLayers
        let named = layers.prefix(Self.mostLayers).map(ExploringText.short).joined(separator: " ")
        return more > 0 ? "\(named) and \(more) more" : named
    }

    /// The same for programs.
    var value: JSONValue { .array(nodes.map(Self.value)) }

    private static func value(_ node: ImageTreeNode) -> JSONValue {
        [
            "Images": .array(
                node.images.map { ["ID": .string($0.id.rawValue), "Names": .strings($0.tags)] }),
            "Layers": .strings(node.layers),
            "Size": .integer(node.size),
            "TotalSize": .integer(node.totalSize),
            "Children": .array(node.children.map(value)),
        ]
    }
}
