import Engine

/// What layers do with one name of a directory, lowest layer first (kernel, filesystems/overlayfs).
struct NameHistory {
    /// What a layer says of the name.
    enum Word {
        /// It has the name: over a directory another one joins it, all else takes the place of what was there.
        case has(LayerEntry)
        /// It has the name in a directory that is opaque: what was there is hidden in any case.
        case replaces(LayerEntry)
        /// It hides the name: a whiteout, or an opaque directory without the name.
        case hides
        /// The directory itself goes, and the name with it.
        case vanishes
    }

    /// The name alone.
    let name: [UInt8]
    /// By layer, each at most once.
    private(set) var words: [(layer: Int, word: Word)]

    /// The histories of all names that are anywhere in a directory, in the order of names.
    ///
    /// - Parameters:
    ///   - steps: what the layers do with the directory, lowest first.
    ///   - list: lists the directory in a layer.
    static func gather(
        _ steps: [DirectoryStep], _ list: (_ layer: Int) throws(EngineError) -> LayerListing
    ) throws(EngineError) -> [NameHistory] {
        var histories: [NameHistory] = []
        for step in steps {
            switch step {
            case .vanishes(let layer):
                for index in histories.indices { histories[index].words.append((layer, .vanishes)) }
            case .lists(let layer, let isOpaque):
                let listing = try list(layer)
                histories = joined(histories, listing.entries, layer, isOpaque: isOpaque || listing.isOpaque)
            }
        }
        return histories
    }

    /// Both are in the order of names, and so is the result.
    private static func joined(
        _ histories: [NameHistory], _ entries: [LayerEntry], _ layer: Int, isOpaque: Bool
    ) -> [NameHistory] {
        var out: [NameHistory] = []
        out.reserveCapacity(max(histories.count, entries.count))
        var old = histories[...]
        for entry in entries {
            while let next = old.first, next.name.lexicographicallyPrecedes(entry.name) {
                out.append(next.followed(by: nil, layer, isOpaque: isOpaque))
                old = old.dropFirst()
            }
            if let same = old.first, same.name == entry.name {
                out.append(same.followed(by: entry, layer, isOpaque: isOpaque))
                old = old.dropFirst()
            } else if !entry.isWhiteout {
                out.append(NameHistory(name: entry.name, words: [(layer, .has(entry))]))
            }
        }
        for next in old { out.append(next.followed(by: nil, layer, isOpaque: isOpaque)) }
        return out
    }

    private func followed(by entry: LayerEntry?, _ layer: Int, isOpaque: Bool) -> NameHistory {
        var copy = self
        if let entry, !entry.isWhiteout {
            copy.words.append((layer, isOpaque ? .replaces(entry) : .has(entry)))
        } else if entry != nil || isOpaque {
            copy.words.append((layer, .hides))
        }
        return copy
    }

    /// What is seen of the name in the end; `nil` for nothing.
    var seen: MergedEntry? {
        var seen: MergedEntry?
        for (layer, word) in words {
            switch word {
            case .hides, .vanishes: seen = nil
            case .has(let entry), .replaces(let entry):
                var steps: [DirectoryStep] = []
                if entry.isDirectory {
                    if case .has = word { steps = seen?.steps ?? [] }
                    steps.append(.lists(layer: layer, isOpaque: false))
                }
                seen = MergedEntry(entry: entry, layer: layer, steps: steps)
            }
        }
        return seen
    }
}

/// A name in what layers make together.
struct MergedEntry {
    /// As the topmost layer has it.
    var entry: LayerEntry
    /// The layer that it is seen of.
    var layer: Int
    /// Of a directory, which layers' content is seen in it; else empty.
    var steps: [DirectoryStep]
}
