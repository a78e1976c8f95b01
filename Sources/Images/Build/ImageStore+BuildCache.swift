import Engine
import Glibc
import LinuxSystem
import OCI

/// The list of what builds have kept, and its clearing.
extension ImageStore {
    /// What is kept for later builds, the most lately used first. Steps that changed no files are not listed: they take
    /// no room.
    public func cacheRecords() throws(EngineError) -> [BuildCacheRecord] {
        try cacheEntries().compactMap(\.record).sorted { $0.lastUsedAt > $1.lastUsedAt }
    }

    /// Removes of it what nobody uses; answers what went. What a running build still needs of layers is given back when
    /// it has ended.
    public func pruneCache(_ prune: BuildCachePrune) throws(EngineError) -> [BuildCacheRecord] {
        let entries = try cacheEntries().sorted { $0.lastUsedAt < $1.lastUsedAt }
        var total = entries.reduce(Int64(0)) { $0 + ($1.record?.size ?? 0) }
        var removed: [BuildCacheRecord] = []
        for entry in entries
        where prune.covers(
            id: entry.id, kind: entry.kind, lastUsedAt: entry.lastUsedAt, isShared: entry.record?.isShared == true)
        {
            if let keepBytes = prune.keepBytes, total <= keepBytes { break }
            guard try remove(entry) else { continue }
            total -= entry.record?.size ?? 0
            if let record = entry.record { removed.append(record) }
        }
        if prune == .everything { try? Files.removeTree(hashesDirectory) }
        try collectGarbage()
        return removed.sorted { $0.lastUsedAt > $1.lastUsedAt }
    }

    /// A step's record or a cache mount.
    struct CacheEntry {
        var path: String
        /// As the list shows it; `nil` for a step that changed no files.
        var record: BuildCacheRecord?
        var id: String
        var kind: BuildCacheRecord.Kind
        var lastUsedAt: Timestamp
    }

    private func cacheEntries() throws(EngineError) -> [CacheEntry] {
        let layers = Set(try layerSizes().values.flatMap(\.keys))
        let steps = try keptSteps().map { kept in
            (kept, uses: BuildCacheFiles.uses(of: kept.path))
        }
        var seen = layers
        var entries: [CacheEntry] = []
        // Of several steps with one layer, the one that was used last is told to have it alone.
        for (kept, uses) in steps.sorted(by: { $0.uses.last > $1.uses.last }) {
            let last = Timestamp(nanoseconds: uses.last)
            var entry = CacheEntry(
                path: kept.path, record: nil, id: kept.step.key.hex, kind: .regular, lastUsedAt: last)
            if let layer = kept.step.layer {
                entry.record = BuildCacheRecord(
                    id: kept.step.key.hex, kind: .regular, description: kept.step.instruction,
                    size: layer.size + layer.descriptor.size, createdAt: kept.step.createdAt, lastUsedAt: last,
                    uses: uses.count, isInUse: false,
                    isShared: !seen.insert(layer.diffID.description).inserted)
            }
            entries.append(entry)
        }
        return entries + (try cacheMounts())
    }

    /// Answers whether it went: what is in use stays.
    private func remove(_ entry: CacheEntry) throws(EngineError) -> Bool {
        guard entry.kind != .cacheMount else { return try removeCacheMount(entry.path) }
        try inWords("cannot remove \(entry.path)") { () throws(SystemError) in try BuildCacheFiles.remove(entry.path) }
        return true
    }
}

extension BuildCachePrune {
    /// All that can go.
    fileprivate static var everything: BuildCachePrune {
        var prune = BuildCachePrune()
        prune.all = true
        return prune
    }
}
