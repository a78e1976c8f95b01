import Engine

/// Which records a prune would take, told before anybody is asked. The engine decides in the end.
enum CachePruneChoice {
    /// The records, the longest unused first.
    static func records(_ all: [BuildCacheRecord], _ prune: BuildCachePrune) -> [BuildCacheRecord] {
        let open = all.filter { record in
            !record.isInUse
                && prune.covers(
                    id: record.id, kind: record.kind, lastUsedAt: record.lastUsedAt, isShared: record.isShared)
        }.sorted { $0.lastUsedAt < $1.lastUsedAt }
        guard let keep = prune.keepBytes else { return open }
        var excess = all.reduce(Int64(0)) { $0 + $1.size } - keep
        return open.prefix { record in
            defer { excess -= record.size }
            return excess > 0
        }
    }

    /// Bytes that taking them away gives back.
    static func bytes(_ records: [BuildCacheRecord]) -> Int64 {
        records.reduce(0) { $0 + ($1.isShared ? 0 : $1.size) }
    }
}

extension PrunePart {
    /// What is kept for later builds.
    static func buildCache(_ all: [BuildCacheRecord], _ prune: BuildCachePrune) -> PrunePart {
        let records = CachePruneChoice.records(all, prune)
        let items = records.map { record in
            let text = record.description.isEmpty ? record.kind.rawValue : record.description
            return Item(
                name: CacheRow.identifier(record), label: GoText.ellipsis(text, 60),
                bytes: record.isShared ? 0 : record.size)
        }
        return PrunePart(title: "Deleted build cache objects", items: items) { engine in
            let gone = try await engine.pruneBuildCache(prune)
            return Outcome(lines: gone.map(CacheRow.identifier), bytes: CachePruneChoice.bytes(gone))
        }
    }
}
