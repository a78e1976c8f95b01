import Engine

/// A kind of thing as a line of `system df`.
enum UsageRow {
    /// Docker's columns.
    static let defaultTable = "{{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}"

    /// The headings by field.
    static let headings: JSONValue = [
        "Type": "TYPE", "TotalCount": "TOTAL", "Active": "ACTIVE", "Size": "SIZE", "Reclaimable": "RECLAIMABLE",
    ]

    /// The four lines.
    static func rows(_ usage: DiskUsage) -> [ListRow] {
        let idle = usage.containers.filter { !Self.isActive($0.container) }
        let unused = usage.volumes.filter(\.users.isEmpty)
        func sum(_ sizes: [Int64]) -> Int64 { sizes.reduce(0, +) }
        return [
            row(
                "Images", usage.images.count, usage.images.filter { $0.containers > 0 }.count, usage.layers,
                usage.unusedLayers),
            row(
                "Containers", usage.containers.count, usage.containers.count - idle.count,
                sum(usage.containers.map(\.written)), sum(idle.map(\.written))),
            row(
                "Local Volumes", usage.volumes.count, usage.volumes.count - unused.count,
                sum(usage.volumes.map { $0.size ?? 0 }), sum(unused.map { $0.size ?? 0 })),
            cache(usage.buildCache),
        ]
    }

    /// As docker counts: what a prune leaves alone.
    static func isActive(_ container: Container) -> Bool {
        switch container.state {
        case .running, .paused, .restarting: true
        case .created, .exited, .dead: false
        }
    }

    /// Docker tells no share of the cache.
    private static func cache(_ records: [BuildCacheRecord]) -> ListRow {
        func text(_ records: [BuildCacheRecord]) -> JSONValue {
            .string(HumanSize.decimal(UInt64(max(0, records.reduce(0) { $0 + $1.size }))))
        }
        return ListRow(value: [
            "Active": .string(String(records.count(where: \.isInUse))),
            "Reclaimable": text(records.filter { !$0.isInUse && !$0.isShared }), "Size": text(records),
            "TotalCount": .string(String(records.count)), "Type": "Build Cache",
        ])
    }

    private static func row(_ type: String, _ total: Int, _ active: Int, _ size: Int64, _ free: Int64) -> ListRow {
        let share = size > 0 ? " (\(Int64(Double(free) * 100 / Double(size)))%)" : ""
        return ListRow(value: [
            "Active": .string(String(active)),
            "Reclaimable": .string(HumanSize.decimal(UInt64(max(0, free))) + share),
            "Size": .string(HumanSize.decimal(UInt64(max(0, size)))),
            "TotalCount": .string(String(total)),
            "Type": .string(type),
        ])
    }
}
