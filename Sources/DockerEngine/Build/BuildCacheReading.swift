import Engine

/// Records of a builder's cache, as `/system/df` and `/build/prune` tell them.
enum BuildCacheReading {
    static func record(_ node: JSONNode) -> BuildCacheRecord? {
        guard let id = node["ID"]?.words else { return nil }
        let createdAt = node["CreatedAt"]?.moment ?? Timestamp(seconds: 0)
        return BuildCacheRecord(
            id: id, kind: BuildCacheRecord.Kind(rawValue: node["Type"]?.string ?? "") ?? .regular,
            description: node["Description"]?.string ?? "", size: max(0, node["Size"]?.integer ?? 0),
            createdAt: createdAt, lastUsedAt: node["LastUsedAt"]?.moment ?? createdAt,
            uses: Int(clamping: node["UsageCount"]?.integer ?? 0), isInUse: node["InUse"]?.isTrue ?? false,
            isShared: node["Shared"]?.isTrue ?? false)
    }
}
