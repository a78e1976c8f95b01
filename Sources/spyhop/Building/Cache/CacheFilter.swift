import Engine

/// The filters of `builder prune` and `builder du`.
struct CacheFilter {
    /// Only what was not used since then.
    let unusedSince: Timestamp?
    /// Only these kinds; empty: all.
    let kinds: Set<BuildCacheRecord.Kind>
    /// Only records whose identifier begins so; empty: all.
    let ids: [String]

    /// Reads the options.
    /// - Throws: `EngineError` `.invalidArgument`.
    init(_ options: [String], now: Timestamp) throws {
        let filters = try FilterSet(options, allowed: ["until", "unused-for", "id", "type"])
        let moments = (filters.values["until"] ?? []) + (filters.values["unused-for"] ?? [])
        unusedSince = try moments.map { try TimeArgument.moment($0, for: "until", now: now) }.min()
        kinds = Set(
            try (filters.values["type"] ?? []).map { text in
                guard let kind = BuildCacheRecord.Kind(rawValue: text) else {
                    throw EngineError(
                        .invalidArgument, "the build cache has nothing of type \"\(text)\"",
                        hint: "there are regular, exec.cachemount and source.remote")
                }
                return kind
            })
        ids = filters.values["id"] ?? []
    }

    /// Whether a record fits.
    func allows(_ record: BuildCacheRecord) -> Bool {
        (kinds.isEmpty || kinds.contains(record.kind)) && (ids.isEmpty || ids.contains(where: record.id.hasPrefix))
            && (unusedSince.map { record.lastUsedAt < $0 } ?? true)
    }

    /// Refuses builders other than the engine itself.
    /// - Throws: `EngineError` `.unsupported`.
    static func check(builder: String?) throws {
        guard let builder, !["", "default", "spyhop"].contains(builder) else { return }
        throw EngineError(
            .unsupported, "--builder \(builder): there is one builder, the engine itself", hint: "leave it out")
    }
}
