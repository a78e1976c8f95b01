import Engine

/// The files of two images held against each other, directory by directory.
///
/// A directory whose content comes from the same layers in both is the same, and is not read.
struct ImageFileComparison {
    /// In the order of paths, each directory before what is in it. A directory that is only in the second image is
    /// followed by all that is in it; of one that is only in the first, it alone is told.
    private(set) var differences: [ImageDifference.FileDifference] = []

    private var first: Side
    private var second: Side
    private let hasSameContent: (_ first: Int, _ second: Int, _ path: [UInt8]) throws(EngineError) -> Bool

    private struct Side {
        var view: MergedView
        let layers: [String]

        /// Which layers' content is in a directory; equal ones make equal directories.
        func origins(_ steps: [DirectoryStep]) -> [String] {
            steps.map { step in
                switch step {
                case .lists(let layer, _), .vanishes(let layer): layers[layer]
                }
            }
        }
    }

    /// Layers under names that tell them apart, lowest first.
    typealias Layers = [(name: String, files: any LayerFiles)]

    /// - Parameter hasSameContent: compares the bytes of a path in a layer of the first and in one of the second image, both
    ///   of the same size; times are no difference.
    init(
        _ first: Layers, _ second: Layers, bounds: ExploringBounds = ExploringBounds(),
        hasSameContent: @escaping (_ first: Int, _ second: Int, _ path: [UInt8]) throws(EngineError) -> Bool
    ) throws(EngineError) {
        self.first = Side(view: MergedView(first.map(\.files), bounds: bounds), layers: first.map(\.name))
        self.second = Side(view: MergedView(second.map(\.files), bounds: bounds), layers: second.map(\.name))
        self.hasSameContent = hasSameContent
        try compare([], self.first.view.root, self.second.view.root, depth: 0)
    }

    private mutating func compare(
        _ path: [UInt8], _ old: [DirectoryStep], _ new: [DirectoryStep], depth: Int
    ) throws(EngineError) {
        guard first.origins(old) != second.origins(new) else { return }
        var before = try first.view.list(path, old, depth: depth)[...]
        for found in try second.view.list(path, new, depth: depth) {
            while let next = before.first, next.entry.name.lexicographicallyPrecedes(found.entry.name) {
                try remove(next, in: path, depth: depth)
                before = before.dropFirst()
            }
            let place = Images.path(path, found.entry.name)
            if let same = before.first, same.entry.name == found.entry.name {
                before = before.dropFirst()
                try compare(same, found, at: place, depth: depth)
            } else {
                try add(found, at: place, depth: depth)
            }
        }
        for next in before { try remove(next, in: path, depth: depth) }
    }

    private mutating func compare(
        _ old: MergedEntry, _ new: MergedEntry, at path: [UInt8], depth: Int
    ) throws(EngineError) {
        switch (old.entry.isDirectory, new.entry.isDirectory) {
        case (true, true):
            if !new.entry.hasSameNature(as: old.entry) { note(new.entry, at: path, .modified, oldSize: 0) }
            try compare(path, old.steps, new.steps, depth: depth + 1)
        case (true, false):
            let bytes = try first.view.bytes(below: path, old.steps, depth: depth + 1)
            note(new.entry, at: path, .modified, oldSize: bytes)
        case (false, true):
            note(new.entry, at: path, .modified, oldSize: old.entry.size)
            try addContent(of: new, at: path, depth: depth)
        case (false, false):
            guard try !isSame(old, new, at: path) else { return }
            note(new.entry, at: path, .modified, oldSize: old.entry.size)
        }
    }

    private func isSame(_ old: MergedEntry, _ new: MergedEntry, at path: [UInt8]) throws(EngineError) -> Bool {
        if first.layers[old.layer] == second.layers[new.layer], old.entry.inode == new.entry.inode { return true }
        guard new.entry.hasSameNature(as: old.entry) else { return false }
        guard new.entry.kind == .file else { return true }
        return try hasSameContent(old.layer, new.layer, path)
    }

    private mutating func remove(_ old: MergedEntry, in directory: [UInt8], depth: Int) throws(EngineError) {
        let path = Images.path(directory, old.entry.name)
        var bytes = old.entry.size
        if old.entry.isDirectory { bytes = try first.view.bytes(below: path, old.steps, depth: depth + 1) }
        note(old.entry, at: path, .removed, oldSize: bytes)
    }

    private mutating func add(_ new: MergedEntry, at path: [UInt8], depth: Int) throws(EngineError) {
        note(new.entry, at: path, .added, oldSize: 0)
        if new.entry.isDirectory { try addContent(of: new, at: path, depth: depth) }
    }

    private mutating func addContent(of directory: MergedEntry, at path: [UInt8], depth: Int) throws(EngineError) {
        for found in try second.view.list(path, directory.steps, depth: depth + 1) {
            try add(found, at: Images.path(path, found.entry.name), depth: depth + 1)
        }
    }

    private mutating func note(
        _ entry: LayerEntry, at path: [UInt8], _ change: LayerFile.Change, oldSize: Int64
    ) {
        let file = entry.file(at: path, change, size: change == .removed ? 0 : entry.size)
        differences.append(.init(file: file, oldSize: oldSize))
    }
}
