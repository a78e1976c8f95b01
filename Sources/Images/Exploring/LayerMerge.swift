import Engine

/// Layers put on each other, and what each of them does to what the ones below make together.
///
/// One walk goes through all layers at once, directory by directory, so that each directory of each layer is read once.
struct LayerMerge {
    /// What a layer has, in the order of paths, each directory before what is in it.
    private(set) var files: [[LayerFile]]
    /// Bytes of content by layer; a file with several names counts once.
    private(set) var sizes: [Int64]
    /// Paths that hide bytes, most bytes first.
    private(set) var waste: [ImageLayers.Waste] = []

    private let layers: [any LayerFiles]
    private var bounds: ExploringBounds
    /// Contents with several names that have been counted.
    private var counted: Set<Content> = []
    /// How many names of a content are still seen.
    private var seenNames: [Content: UInt64] = [:]

    /// Content is one in a layer.
    private struct Content: Hashable {
        var layer: Int
        var inode: UInt64
    }

    /// Who is told how many bytes went with a directory.
    private enum Listener {
        /// The line that says that it was removed.
        case removal(Int)
        /// The path alone.
        case path
        /// The directory above, which went itself.
        case above
    }

    /// Walks through all layers, lowest first.
    init(_ layers: [any LayerFiles], bounds: ExploringBounds = ExploringBounds()) throws(EngineError) {
        self.layers = layers
        self.bounds = bounds
        files = Array(repeating: [], count: layers.count)
        sizes = Array(repeating: 0, count: layers.count)
        _ = try enter([], layers.indices.map { .lists(layer: $0, isOpaque: false) }, depth: 0)
        waste.sort { $0.bytes != $1.bytes ? $0.bytes > $1.bytes : $0.path < $1.path }
    }

    /// Goes through a directory; answers the bytes that went with it, by the layer with which it vanished.
    private mutating func enter(
        _ path: [UInt8], _ steps: [DirectoryStep], depth: Int
    ) throws(EngineError) -> [Int: Int64] {
        let layers = layers
        let histories = try NameHistory.gather(steps) { (layer) throws(EngineError) in
            let listing = try layers[layer].list(path)
            try bounds.passed(listing, depth: depth)
            return listing
        }
        var gone: [Int: Int64] = [:]
        for history in histories {
            var story = Story(path: Images.path(path, history.name))
            for (layer, word) in history.words { tell(word, layer, &story, gone: &gone) }
            try finish(story, gone: &gone, depth: depth)
        }
        return gone
    }

    /// What has been told of a name so far.
    private struct Story {
        let path: [UInt8]
        /// What is seen of the name, and of which layer.
        var seen: (entry: LayerEntry, layer: Int)?
        /// Layers that have said something of it.
        var count = 0
        /// Bytes that it hides.
        var wasted: Int64 = 0
        /// Where it is a directory.
        var steps: [DirectoryStep] = []
        var listeners: [Int: Listener] = [:]

        /// The directory goes with `layer`.
        mutating func leave(_ layer: Int, _ listener: Listener) {
            steps.append(.vanishes(layer: layer))
            listeners[layer] = listener
        }
    }

    private mutating func tell(
        _ word: NameHistory.Word, _ layer: Int, _ story: inout Story, gone: inout [Int: Int64]
    ) {
        let old = story.seen
        switch word {
        case .has(let entry), .replaces(let entry):
            story.count += 1
            story.seen = (entry, layer)
            guard let old else {
                add(entry, at: story.path, .added, to: layer)
                if entry.isDirectory { story.steps.append(.lists(layer: layer, isOpaque: false)) }
                return
            }
            if entry.isDirectory && old.entry.isDirectory {
                add(entry, at: story.path, entry.hasSameNature(as: old.entry) ? .unchanged : .modified, to: layer)
                // In an opaque directory every directory is one.
                let isOpaque = if case .replaces = word { true } else { false }
                story.steps.append(.lists(layer: layer, isOpaque: isOpaque))
                return
            }
            story.wasted += hide(old.entry, of: old.layer)
            add(entry, at: story.path, .modified, to: layer)
            if old.entry.isDirectory { story.leave(layer, .path) }
            if entry.isDirectory { story.steps.append(.lists(layer: layer, isOpaque: false)) }
        case .hides:
            guard let old else { return }
            story.count += 1
            story.seen = nil
            let hidden = hide(old.entry, of: old.layer)
            story.wasted += hidden
            files[layer].append(old.entry.file(at: story.path, .removed, size: hidden))
            if old.entry.isDirectory { story.leave(layer, .removal(files[layer].count - 1)) }
        case .vanishes:
            guard let old else { return }
            story.seen = nil
            gone[layer, default: 0] += hide(old.entry, of: old.layer)
            if old.entry.isDirectory { story.leave(layer, .above) }
        }
    }

    private mutating func finish(
        _ story: Story, gone: inout [Int: Int64], depth: Int
    ) throws(EngineError) {
        var wasted = story.wasted
        if !story.steps.isEmpty {
            for (layer, bytes) in try enter(story.path, story.steps, depth: depth + 1) {
                switch story.listeners[layer] {
                case .removal(let line):
                    files[layer][line].size += bytes
                    wasted += bytes
                case .path, nil: wasted += bytes
                case .above: gone[layer, default: 0] += bytes
                }
            }
        }
        if wasted > 0 {
            waste.append(.init(path: PathText.text(story.path), count: story.count, bytes: wasted))
        }
    }

    private mutating func add(
        _ entry: LayerEntry, at path: [UInt8], _ change: LayerFile.Change, to layer: Int
    ) {
        let isFirst = entry.links < 2 || counted.insert(Content(layer: layer, inode: entry.inode)).inserted
        let size = isFirst ? entry.size : 0
        sizes[layer] += size
        files[layer].append(entry.file(at: path, change, size: size))
    }

    /// The bytes that nobody sees any more once the name is hidden: none while the content has another name.
    private mutating func hide(_ entry: LayerEntry, of layer: Int) -> Int64 {
        guard entry.kind == .file else { return 0 }
        guard entry.links > 1 else { return entry.size }
        let content = Content(layer: layer, inode: entry.inode)
        let left = max(seenNames[content, default: entry.links], 1) - 1
        seenNames[content] = left
        return left == 0 ? entry.size : 0
    }
}
