import Engine

/// What layers make together, looked at directory by directory.
struct MergedView {
    private let layers: [any LayerFiles]
    private var bounds: ExploringBounds

    /// Layers, lowest first.
    init(_ layers: [any LayerFiles], bounds: ExploringBounds = ExploringBounds()) {
        self.layers = layers
        self.bounds = bounds
    }

    /// The root directory's steps.
    var root: [DirectoryStep] { layers.indices.map { .lists(layer: $0, isOpaque: false) } }

    /// What is in a directory, in the order of names.
    /// - Parameters:
    ///   - path: from the root, without a leading `/`.
    ///   - steps: of the directory, as its own entry has them.
    mutating func list(_ path: [UInt8], _ steps: [DirectoryStep], depth: Int = 0) throws(EngineError) -> [MergedEntry] {
        let layers = layers
        return try NameHistory.gather(steps) { (layer) throws(EngineError) in
            let listing = try layers[layer].list(path)
            try bounds.passed(listing, depth: depth)
            return listing
        }.compactMap(\.seen)
    }

    /// What is in a directory that is known to be there, found by its path alone.
    mutating func list(_ path: [UInt8]) throws(EngineError) -> [MergedEntry] {
        var steps = root
        var above: [UInt8] = []
        for part in path.split(separator: UInt8(ascii: "/")) {
            let name = Array(part)
            steps = try list(above, steps).first { $0.entry.name == name }?.steps ?? []
            above = Images.path(above, name)
        }
        return try list(above, steps)
    }

    /// Bytes of content below a directory; each name counts.
    mutating func bytes(below path: [UInt8], _ steps: [DirectoryStep], depth: Int) throws(EngineError) -> Int64 {
        var sum: Int64 = 0
        for found in try list(path, steps, depth: depth) {
            sum += found.entry.size
            if found.entry.isDirectory {
                sum += try bytes(below: Images.path(path, found.entry.name), found.steps, depth: depth + 1)
            }
        }
        return sum
    }
}
