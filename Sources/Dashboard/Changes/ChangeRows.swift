import Engine

/// What a container has changed in its file system, as a list or as a tree.
struct ChangeRows: Sendable {
    struct Row: Sendable, Hashable {
        var location: ContainerPath
        /// `nil` for a directory that only leads to changes.
        var change: FileChange?
        var depth: Int
        /// Bytes of it and of all that is below it and was added or changed.
        var size: Int64
        var isDirectory: Bool
        /// Changes below it.
        var below: Int
    }

    private(set) var changes: [FileChange] = []
    private(set) var rows: [Row] = []
    private(set) var isTree = true
    private(set) var kinds = Set(FileChange.Kind.allCases)
    private(set) var bySize = false
    private(set) var filter = ""
    private(set) var index = 0
    var scroll = 0
    private var folded: Set<ContainerPath> = []

    var selected: Row? { rows.indices.contains(index) ? rows[index] : nil }

    func count(of kind: FileChange.Kind) -> Int { changes.reduce(0) { $0 + ($1.kind == kind ? 1 : 0) } }

    /// Bytes that the container has written into files that are there.
    var written: Int64 { changes.lazy.map(Self.written).sumClamped() }

    private static func written(_ change: FileChange) -> Int64 { change.kind == .deleted ? 0 : change.size ?? 0 }

    mutating func take(_ other: [FileChange]) {
        changes = other
        arrange()
    }

    mutating func toggleTree() {
        isTree.toggle()
        arrange()
    }

    mutating func toggleOrder() {
        bySize.toggle()
        isTree = false
        arrange()
    }

    /// Hides or shows a kind; hiding the last one shows all.
    mutating func toggle(_ kind: FileChange.Kind) {
        kinds.formSymmetricDifference([kind])
        if kinds.isEmpty { kinds = Set(FileChange.Kind.allCases) }
        arrange()
    }

    mutating func setFilter(_ text: String) {
        filter = text
        arrange()
    }

    mutating func toggleFold() {
        guard isTree, let row = selected, row.below > 0 else { return }
        if folded.remove(row.location) == nil { folded.insert(row.location) }
        arrange()
    }

    func isOpen(_ row: Row) -> Bool { row.below > 0 && !folded.contains(row.location) }

    private mutating func arrange() {
        let chosen = selected?.location
        let words = filter.lowercased()
        let wanted = changes.filter { change in
            kinds.contains(change.kind) && (words.isEmpty || change.path.lowercased().contains(words))
        }
        rows = isTree ? tree(wanted) : list(wanted)
        if let chosen, let place = rows.firstIndex(where: { $0.location == chosen }) { index = place }
        select(index)
    }

    private func list(_ wanted: [FileChange]) -> [Row] {
        let all = wanted.map {
            Row(
                location: $0.location, change: $0, depth: 0, size: $0.size ?? 0, isDirectory: $0.isDirectory, below: 0)
        }
        return bySize
            ? all.enumerated().sorted { ($1.element.size, $0.offset) < ($0.element.size, $1.offset) }
                .map(\.element) : all
    }

    /// Directories before what is in them; one that was not changed itself is there when something in it was.
    private func tree(_ wanted: [FileChange]) -> [Row] {
        var places: [ContainerPath: Row] = [:]
        func row(_ path: ContainerPath) -> Row {
            places[path]
                ?? Row(
                    location: path, change: nil, depth: path.names.count - 1, size: 0, isDirectory: true, below: 0)
        }
        for change in wanted {
            var own = row(change.location)
            own.change = change
            own.isDirectory = change.isDirectory
            own.size = own.size.addingClamped(Self.written(change))
            places[change.location] = own
            var parent = change.location.parent
            while !parent.names.isEmpty {
                var above = row(parent)
                above.isDirectory = true
                above.below += 1
                above.size = above.size.addingClamped(Self.written(change))
                places[parent] = above
                parent = parent.parent
            }
        }
        let sorted = places.values.sorted { one, other in
            for (left, right) in zip(one.location.names, other.location.names) where left != right {
                return left.lexicographicallyPrecedes(right)
            }
            return one.location.names.count < other.location.names.count
        }
        var shown: [Row] = []
        var hidden: ContainerPath?
        for row in sorted {
            if let top = hidden {
                if row.location.names.starts(with: top.names) { continue }
                hidden = nil
            }
            shown.append(row)
            if row.below > 0, folded.contains(row.location) { hidden = row.location }
        }
        return shown
    }

    mutating func select(_ wanted: Int) { index = min(max(0, wanted), max(0, rows.count - 1)) }

    mutating func move(_ step: Int) {
        select(ScrollMath.moved(index, by: step))
    }

    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(index, in: height, of: rows.count, scroll: scroll)
    }
}
