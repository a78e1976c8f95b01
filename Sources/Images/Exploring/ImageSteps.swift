import Engine
import OCI

/// An image as far as its history and its place among other images go.
struct ImageSteps: Sendable {
    /// The digest of the configuration.
    var id: ImageID
    /// Names, sorted.
    var tags: [String]
    /// Diff identifiers, lowest first.
    var layers: [String]
    /// Bytes of each layer.
    var sizes: [Int64]
    /// How it was made, oldest first; some images do not tell.
    var history: [ImageConfiguration.History]

    /// The steps, newest first.
    ///
    /// The image itself stands at the newest. Another image stands at the step that it ended with where its layers are the
    /// lowest ones of this one: digests prove that, a history alone proves nothing.
    /// - Parameter others: images that may be bases of this one.
    func entries(among others: [ImageSteps]) -> [ImageHistoryEntry] {
        var entries = alignedEntries()
        guard !entries.isEmpty else { return [] }
        let last = entries.count - 1
        entries[last].imageID = id
        entries[last].tags = tags
        let ends = entries.indices.filter { entries[$0].layer != nil }
        for other in others.sorted(by: { $0.id.rawValue < $1.id.rawValue }) where other.id != id {
            guard let place = place(of: other, layerEnds: ends), place != last else { continue }
            // Of several images that end here, one with a name tells more.
            if entries[place].imageID == nil || (entries[place].tags.isEmpty && !other.tags.isEmpty) {
                entries[place].imageID = other.id
            }
            entries[place].tags = (entries[place].tags + other.tags).sorted()
        }
        return entries.reversed()
    }

    /// Oldest first. A history that is shorter or longer than the layers, or is not there, leaves no layer out.
    private func alignedEntries() -> [ImageHistoryEntry] {
        var waiting = Array(zip(layers, sizes))[...]
        var entries = history.map { step in
            let layer = step.emptyLayer == true ? nil : waiting.popFirst()
            return ImageHistoryEntry(
                imageID: nil, createdAt: step.created.flatMap { Timestamp(rfc3339: $0) },
                createdBy: step.createdBy ?? "", size: layer?.1 ?? 0, comment: step.comment ?? "", tags: [],
                layer: layer?.0)
        }
        for (layer, size) in waiting {
            entries.append(
                ImageHistoryEntry(
                    imageID: nil, createdAt: nil, createdBy: "", size: size, comment: "", tags: [], layer: layer))
        }
        return entries
    }

    /// The step that `base` ended with.
    private func place(of base: ImageSteps, layerEnds: [Int]) -> Int? {
        let count = base.layers.count
        guard count > 0, count <= layerEnds.count, layers.starts(with: base.layers) else { return nil }
        if !base.history.isEmpty, base.history.count < history.count, history.starts(with: base.history) {
            return base.history.count - 1
        }
        return count < layerEnds.count ? layerEnds[count - 1] : nil
    }

    /// The instruction that made each layer, lowest first; empty where the history does not tell.
    var instructions: [String] { alignedEntries().filter { $0.layer != nil }.map(\.createdBy) }
}
