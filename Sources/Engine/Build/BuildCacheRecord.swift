/// A step's result that is kept for later builds (`docker buildx du`).
public struct BuildCacheRecord: Sendable, Hashable, Codable {
    /// What kind of thing is kept.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A step's layer.
        case regular
        /// The directory of a RUN's cache mount.
        case cacheMount = "exec.cachemount"
        /// What ADD has fetched.
        case source = "source.remote"
    }

    /// The key, 64 hexadecimal digits, or the cache mount's identifier.
    public var id: String
    /// What kind of thing it is.
    public var kind: Kind
    /// The instruction that it comes from.
    public var description: String
    /// Bytes that removing it gives back, unless an image has the same layer.
    public var size: Int64
    /// When it was made.
    public var createdAt: Timestamp
    /// When a build has last made use of it.
    public var lastUsedAt: Timestamp
    /// How many builds have made use of it.
    public var uses: Int
    /// A build uses it now: it stays.
    public var isInUse: Bool
    /// An image has the same layer: removing it gives nothing back.
    public var isShared: Bool

    /// Makes a record.
    public init(
        id: String, kind: Kind, description: String, size: Int64, createdAt: Timestamp, lastUsedAt: Timestamp,
        uses: Int,
        isInUse: Bool, isShared: Bool
    ) {
        self.id = id
        self.kind = kind
        self.description = description
        self.size = size
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.uses = uses
        self.isInUse = isInUse
        self.isShared = isShared
    }
}

/// Which of the build cache is to be removed (`docker builder prune`).
public struct BuildCachePrune: Sendable, Hashable {
    /// Also what images still have as layers, and what was fetched.
    public var all = false
    /// Only what was not used since then.
    public var unusedSince: Timestamp?
    /// Bytes that may stay, the most lately used first; `nil`: nothing stays.
    public var keepBytes: Int64?
    /// Only these kinds; empty: all.
    public var kinds: Set<BuildCacheRecord.Kind> = []
    /// Only records whose identifier begins so; empty: all.
    public var ids: [String] = []

    /// Everything that nobody uses.
    public init() {}

    /// Whether it is about something that is kept; `keepBytes` counts over all of it.
    public func covers(id: String, kind: BuildCacheRecord.Kind, lastUsedAt: Timestamp, isShared: Bool) -> Bool {
        if !all, isShared || kind == .source { return false }
        if let unusedSince, lastUsedAt >= unusedSince { return false }
        if !kinds.isEmpty, !kinds.contains(kind) { return false }
        return ids.isEmpty || ids.contains { id.hasPrefix($0) }
    }
}
