import Engine

/// What everything takes on the disk, as rows: a heading for each kind and below it its things.
struct UsageRows: Sendable {
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case images, containers, volumes, buildCache

        /// In English, as deeds are compared by it.
        var name: String {
            switch self {
            case .images: phrase("Images")
            case .containers: phrase("Containers")
            case .volumes: phrase("Volumes")
            case .buildCache: phrase("Build cache")
            }
        }

        var title: String { words(for: name) }
    }

    struct Item: Sendable, Hashable {
        /// What the engine knows it by.
        var reference: String
        var name: String
        /// Bytes that it alone takes; `nil` where nobody has counted.
        var bytes: Int64?
        /// Bytes that others need as well.
        var shared: Int64 = 0
        var isUsed: Bool
        var remark: String

        /// All bytes that it takes.
        var taken: Int64 { (bytes ?? 0).addingClamped(shared) }
    }

    enum Row: Sendable, Hashable {
        case heading(Kind)
        case item(Kind, Int)

        var kind: Kind {
            switch self {
            case .heading(let kind), .item(let kind, _): kind
            }
        }
    }

    private(set) var items: [Kind: [Item]] = [:]
    private(set) var totals: [Kind: Int64] = [:]
    private(set) var reclaimable: [Kind: Int64] = [:]
    private(set) var rows: [Row] = []
    private(set) var folded: Set<Kind> = []
    private(set) var index = 0
    private(set) var byName = false
    var scroll = 0

    var selected: Row? { rows.indices.contains(index) ? rows[index] : nil }
    var total: Int64 { totals.values.sumClamped() }
    /// The most that one thing takes, which the bars are measured by.
    var largest: Int64 { max(1, items.values.joined().map(\.taken).max() ?? 1) }

    func item(_ row: Row) -> Item? {
        guard case .item(let kind, let place) = row, let all = items[kind], all.indices.contains(place) else {
            return nil
        }
        return all[place]
    }

    mutating func take(_ usage: DiskUsage) {
        items[.images] = usage.images.map { entry in
            Item(
                reference: entry.image.id.rawValue, name: entry.image.tags.first ?? "<none> \(entry.image.id.short)",
                bytes: entry.unique, shared: entry.shared, isUsed: entry.containers > 0,
                remark: entry.containers == 0 ? words("unused") : Format.count(entry.containers, "container"))
        }
        items[.containers] = usage.containers.map { entry in
            Item(
                reference: entry.container.id.rawValue, name: entry.container.name, bytes: entry.written,
                isUsed: Self.isActive(entry.container), remark: entry.container.state.shownName)
        }
        items[.volumes] = usage.volumes.map { volume in
            let users = volume.users.count
            return Item(
                reference: volume.reference, name: volume.isAnonymous ? String(volume.name.prefix(12)) : volume.name,
                bytes: volume.size, isUsed: users > 0,
                remark: users == 0
                    ? (volume.isAnonymous ? words("unused, anonymous") : words("unused")) : Format.count(users, "user")
            )
        }
        items[.buildCache] = usage.buildCache.map { record in
            Item(
                reference: record.id, name: record.description.isEmpty ? record.id : record.description,
                bytes: record.size, isUsed: record.isInUse,
                remark: record.isInUse ? words("in use") : words("used \(record.uses) times"))
        }
        totals[.images] = usage.layers
        reclaimable[.images] = usage.unusedLayers
        for kind in [Kind.containers, .volumes, .buildCache] {
            let all = items[kind] ?? []
            totals[kind] = all.lazy.map { max(0, $0.bytes ?? 0) }.sumClamped()
            reclaimable[kind] = all.lazy.map { $0.isUsed ? 0 : max(0, $0.bytes ?? 0) }.sumClamped()
        }
        arrange()
    }

    static func isActive(_ container: Container) -> Bool {
        switch container.state {
        case .running, .paused, .restarting: true
        default: false
        }
    }

    mutating func toggleOrder() {
        byName.toggle()
        arrange()
    }

    mutating func toggleFold(_ kind: Kind) {
        if folded.remove(kind) == nil { folded.insert(kind) }
        flatten()
        if let place = rows.firstIndex(of: .heading(kind)) { index = place }
    }

    private mutating func arrange() {
        let byName = byName
        for (kind, all) in items {
            items[kind] = all.sorted { one, other in
                let (left, right) = (one.taken, other.taken)
                if byName || left == right { return one.name < other.name }
                return left > right
            }
        }
        flatten()
    }

    private mutating func flatten() {
        rows = Kind.allCases.flatMap { kind in
            [Row.heading(kind)]
                + (folded.contains(kind) ? [] : (items[kind] ?? []).indices.map { Row.item(kind, $0) })
        }
        select(index)
    }

    mutating func select(_ wanted: Int) { index = min(max(0, wanted), max(0, rows.count - 1)) }

    mutating func move(_ step: Int) {
        select(ScrollMath.moved(index, by: step))
    }

    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(index, in: height, of: rows.count, scroll: scroll)
    }

    /// What a prune of this kind would take: what nobody uses. Of volumes the anonymous ones alone, unless `all`; of images
    /// those without a name, unless `all`.
    func prunable(_ kind: Kind, all: Bool) -> [Item] {
        (items[kind] ?? []).filter { item in
            guard !item.isUsed else { return false }
            switch kind {
            case .images: return all || item.name.hasPrefix("<none>")
            case .volumes: return all || item.remark.hasSuffix("anonymous")
            case .containers, .buildCache: return true
            }
        }
    }
}
