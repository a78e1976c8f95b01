import Engine

/// What `image layers` shows.
struct LayersReport {
    /// How files are shown.
    enum Files {
        case none, list, tree
    }

    /// What of it is wanted.
    struct Choice {
        var files = Files.none
        /// Numbers of layers, the lowest is 1; empty for all.
        var layers: Set<Int> = []
        var changes: Set<LayerFile.Change> = [.added, .modified, .removed]
        var order = FileTree.Order.name
        /// How many names a shown path may have.
        var depth: Int?
        /// Show paths that hide bytes.
        var waste = false
        var truncates = true
    }

    /// Docker's columns of `history`, as far as they are about layers.
    static let defaultTable = "{{.Layer}}\t{{.Size}}\t{{.Digest}}\t{{.CreatedBy}}"

    /// The headings by field.
    static let headings: JSONValue = [
        "Layer": "LAYER", "Size": "SIZE", "Digest": "DIGEST", "DiffID": "DIFF ID", "CreatedBy": "CREATED BY",
        "Added": "ADDED", "Modified": "MODIFIED", "Removed": "REMOVED",
    ]

    private let image: ImageLayers
    private let choice: Choice

    init(_ image: ImageLayers, _ choice: Choice) {
        self.image = image
        self.choice = choice
    }

    private var wanted: [(number: Int, layer: ImageLayer)] {
        image.layers.enumerated().map { ($0.offset + 1, $0.element) }.filter { number, _ in
            choice.layers.isEmpty || choice.layers.contains(number)
        }
    }

    /// A line a layer.
    var rows: [ListRow] {
        wanted.map { number, layer in
            let createdBy = ExploringText.line(layer.createdBy)
            func count(_ change: LayerFile.Change) -> JSONValue {
                .string(String(layer.files.count { $0.change == change }))
            }
            return ListRow(value: [
                "Added": count(.added),
                "CreatedBy": .string(choice.truncates ? GoText.ellipsis(createdBy, 60) : createdBy),
                "DiffID": .string(choice.truncates ? ExploringText.short(layer.diffID) : layer.diffID),
                "Digest": .string(
                    GoText.harmless(choice.truncates ? ExploringText.short(layer.digest) : layer.digest)),
                "Layer": .string(String(number)),
                "Modified": count(.modified),
                "Removed": count(.removed),
                "Size": .string(ExploringText.size(layer.size)),
            ])
        }
    }

    /// The table with all that was asked for below it, and the sum in a sentence.
    func text() throws -> String {
        var text = try ListFormat(nil, defaultTable: Self.defaultTable).render(rows, headings: Self.headings)
        if choice.files != .none {
            for (number, layer) in wanted { text += "\n" + files(of: layer, number) }
        }
        if choice.waste, !image.waste.isEmpty {
            let lines = image.waste.map { waste in
                "\(ExploringText.size(waste.bytes))\t\(waste.count)\t/\(ExploringText.line(waste.path))"
            }
            text += "\n" + TextTable.render(["WASTED\tLAYERS\tPATH"] + lines)
        }
        return text + "\n" + sum
    }

    private var sum: String {
        let wasted = image.wastedBytes > 0 ? "\(ExploringText.size(image.wastedBytes)) wasted" : "nothing wasted"
        // Rounded down: nothing but an image without waste has 100 %.
        let percent = FixedPoint.text((image.efficiency * 10_000).rounded(.down) / 100, decimals: 2)
        return "Total \(ExploringText.size(image.totalBytes)), \(wasted), efficiency \(percent)%\n"
    }

    private func files(of layer: ImageLayer, _ number: Int) -> String {
        let createdBy = ExploringText.line(layer.createdBy)
        let title = createdBy.isEmpty ? "" : ": \(choice.truncates ? GoText.ellipsis(createdBy, 60) : createdBy)"
        let tree = FileTree(layer.files, changes: choice.changes, order: choice.order, depth: choice.depth)
        let lines =
            choice.files == .tree
            ? Self.lines(of: tree.nodes, .root)
            : tree.list(choice.order).map { Self.line($0, "/" + ExploringText.name($0.file.path, of: $0.file)) }
        return "Layer \(number)\(title)\n" + TextTable.render(lines, minimumWidth: 1, padding: 2)
    }

    private static func lines(of nodes: [FileTree.Node], _ branch: Branch) -> [String] {
        nodes.enumerated().flatMap { index, node in
            let isLast = index == nodes.count - 1
            let name = branch.before(isLast: isLast) + ExploringText.name(node.name, of: node.file)
            return [line(node, name)] + lines(of: node.children, branch.beneath(isLast: isLast))
        }
    }

    private static func line(_ node: FileTree.Node, _ name: String) -> String {
        let file = node.file
        // A directory on the way leaves the column as wide as a mark makes it.
        let mark = file.change == .unchanged ? " " : ExploringText.mark(file.change)
        return "\(mark)\t\(ExploringText.mode(file))\t\(file.uid):\(file.gid)\t"
            + "\(ExploringText.size(node.size))\t\(name)"
    }

    /// The same for programs; files only where they were asked for.
    var value: JSONValue {
        [
            "ID": .string(image.image.id.rawValue),
            "Names": .strings(image.image.tags),
            "TotalBytes": .integer(image.totalBytes),
            "WastedBytes": .integer(image.wastedBytes),
            "Efficiency": .number(image.efficiency),
            "WastedUserPercent": .number(EfficiencyRules.wastedShare(of: image)),
            "Layers": .array(wanted.map(value)),
            "Waste": .array(
                image.waste.map { waste in
                    [
                        "Path": .string("/" + waste.path), "Layers": .integer(Int64(waste.count)),
                        "Bytes": .integer(waste.bytes),
                    ]
                }),
        ]
    }

    private func value(_ number: Int, _ layer: ImageLayer) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(key: "Layer", value: .integer(Int64(number))),
            .init(key: "DiffID", value: .string(layer.diffID)),
            .init(key: "Digest", value: .string(layer.digest)),
            .init(key: "Size", value: .integer(layer.size)),
            .init(key: "CreatedBy", value: .string(layer.createdBy)),
        ]
        if choice.files != .none {
            let tree = FileTree(layer.files, changes: choice.changes, order: choice.order, depth: choice.depth)
            let files = tree.list(choice.order).map { FileObject.value($0.file, size: $0.size) }
            members.append(.init(key: "Files", value: .array(files)))
        }
        return .object(members)
    }
}
