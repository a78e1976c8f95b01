import Engine

/// A record of the build cache as a line of `builder du` and `system df -v`.
enum CacheRow {
    /// BuildKit's columns of `du`.
    static let defaultTable = "{{.ID}}\t{{.Reclaimable}}\t{{.Size}}\t{{.LastUsedSince}}"
    /// Docker's columns of `system df -v`.
    static let usageTable =
        "{{.ShortID}}\t{{.CacheType}}\t{{.Size}}\t{{.CreatedSince}}\t{{.LastUsedSince}}\t{{.UsageCount}}\t{{.Shared}}"

    /// The headings of `du` by field.
    static let headings = headings(id: "ID", lastUsed: "LAST ACCESSED")
    /// The headings of `system df -v` by field.
    static let usageHeadings = headings(id: "CACHE ID", lastUsed: "LAST USED")

    private static func headings(id: String, lastUsed: String) -> JSONValue {
        [
            "ID": .string(id), "ShortID": .string(id), "Reclaimable": "RECLAIMABLE", "Size": "SIZE",
            "LastUsedSince": .string(lastUsed), "CacheType": "CACHE TYPE", "CreatedSince": "CREATED",
            "UsageCount": "USAGE", "Shared": "SHARED", "InUse": "IN USE", "Description": "DESCRIPTION",
            "CreatedAt": "CREATED AT", "LastUsedAt": "LAST USED AT", "Mutable": "MUTABLE",
        ]
    }

    /// The fields of a record. `marks`: a star after what is shared or changes, as `du` has it.
    static func row(_ record: BuildCacheRecord, now: Timestamp, marks: Bool) -> ListRow {
        let size = HumanSize.decimal(UInt64(max(0, record.size)))
        return ListRow(value: [
            "ID": .string(GoText.harmless(identifier(record)) + (marks && isMutable(record) ? "*" : "")),
            "ShortID": .string(GoText.harmless(String(record.id.prefix(12)))),
            "Reclaimable": .string(String(!record.isInUse)),
            "Size": .string(size + (marks && record.isShared ? "*" : "")),
            "LastUsedSince": .string(since(record.lastUsedAt, now)),
            "CacheType": .string(record.kind.rawValue),
            "CreatedSince": .string(since(record.createdAt, now)),
            "UsageCount": .string(String(record.uses)),
            "Shared": .string(String(record.isShared)),
            "InUse": .string(String(record.isInUse)),
            "Description": .string(GoText.harmless(record.description)),
            "CreatedAt": .string(record.createdAt.rfc3339),
            "LastUsedAt": .string(record.lastUsedAt.rfc3339),
            "Mutable": .string(String(isMutable(record))),
        ])
    }

    /// All that is known of a record, a line each (`du --verbose`).
    static func details(_ record: BuildCacheRecord, now: Timestamp) -> String {
        let fields: [(String, String)] = [
            ("ID", record.id), ("Created at", record.createdAt.rfc3339), ("Mutable", String(isMutable(record))),
            ("Reclaimable", String(!record.isInUse)), ("Shared", String(record.isShared)),
            ("Size", HumanSize.decimal(UInt64(max(0, record.size)))), ("Description", record.description),
            ("Usage count", String(record.uses)), ("Last used", since(record.lastUsedAt, now)),
            ("Type", record.kind.rawValue),
        ]
        return fields.map { "\($0.0):".padding(to: 16) + GoText.harmless($0.1) + "\n" }.joined() + "\n"
    }

    /// The sums beneath the table.
    static func totals(_ records: [BuildCacheRecord]) -> String {
        func sum(_ fits: (BuildCacheRecord) -> Bool) -> String {
            HumanSize.decimal(UInt64(max(0, records.filter(fits).reduce(0) { $0 + $1.size })))
        }
        var lines: [(String, String)] = []
        if records.contains(where: \.isShared) {
            lines += [("Shared", sum(\.isShared)), ("Private", sum { !$0.isShared })]
        }
        lines += [("Reclaimable", sum { !$0.isInUse && !$0.isShared }), ("Total", sum { _ in true })]
        return lines.map { "\($0.0):".padding(to: 16) + $0.1 + "\n" }.joined()
    }

    /// As much of the identifier as BuildKit's have, which is enough to name a record.
    static func identifier(_ record: BuildCacheRecord) -> String {
        record.kind == .cacheMount ? record.id : String(record.id.prefix(25))
    }

    /// A cache mount is written by every step that has it.
    private static func isMutable(_ record: BuildCacheRecord) -> Bool { record.kind == .cacheMount }

    private static func since(_ moment: Timestamp, _ now: Timestamp) -> String {
        HumanDuration.text(now.since(moment)) + " ago"
    }
}

extension String {
    /// With blanks up to a width, at least one.
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
