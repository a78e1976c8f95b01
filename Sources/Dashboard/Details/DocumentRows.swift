/// A document on the screen: what of it is unfolded, the rows that come of it, the chosen one, and what is searched.
struct DocumentRows: Sendable {
    struct Row: Sendable, Hashable {
        var path: [Document.Step]
        /// Key or place in a list.
        var label: String
        /// The value in words; `nil` for one that holds others.
        var value: String?
        var count: Int
        var isList: Bool

        var depth: Int { path.count - 1 }
        var isBranch: Bool { count > 0 }
    }

    private(set) var document: Document?
    /// Every row that there is, unfolded.
    private(set) var all: [Row] = []
    /// Places in `all` that are on the screen.
    private(set) var visible: [Int] = []
    private(set) var index = 0
    var scroll = 0
    private(set) var needle = ""
    /// Rows that were folded or unfolded against their habit.
    private var touched: Set<[Document.Step]> = []
    /// `nil`: small branches near the top are open.
    private var opensAll: Bool?

    /// More rows than any inspection has; a hostile one cannot fill memory.
    private static let limit = 50_000
    private static let small = 12

    var selected: Row? { visible.indices.contains(index) ? all[visible[index]] : nil }
    var rows: [Row] { visible.map { all[$0] } }

    /// Another state of the same thing, or another thing: what is unfolded and chosen stays, where it is still there.
    mutating func replace(_ other: Document?) {
        guard other != document else { return }
        let chosen = selected?.path
        document = other
        all = []
        if let other { collect(other, path: []) }
        flatten(keeping: chosen)
    }

    private mutating func collect(_ value: Document, path: [Document.Step]) {
        for (step, inner) in value.children {
            guard all.count < Self.limit else { return }
            let label: String
            switch step {
            case .key(let key): label = key
            case .index(let index): label = String(index)
            }
            var isList = false
            if case .array = inner { isList = true }
            let below = path + [step]
            all.append(
                Row(path: below, label: label, value: inner.scalarText, count: inner.count, isList: isList))
            collect(inner, path: below)
        }
    }

    func isOpen(_ row: Row) -> Bool {
        guard row.isBranch else { return false }
        let habit = opensAll ?? (row.depth == 0 && row.count <= Self.small)
        return habit != touched.contains(row.path)
    }

    private mutating func flatten(keeping path: [Document.Step]?) {
        visible = []
        var hidden: Int?
        for (place, row) in all.enumerated() {
            if let depth = hidden {
                if row.depth > depth { continue }
                hidden = nil
            }
            visible.append(place)
            if row.isBranch, !isOpen(row) { hidden = row.depth }
        }
        if let path { choose(path) }
        select(index)
    }

    /// The row of a path, or the nearest one above it that is on the screen.
    private mutating func choose(_ path: [Document.Step]) {
        var path = path
        while !path.isEmpty {
            if let place = visible.firstIndex(where: { all[$0].path == path }) {
                index = place
                return
            }
            path.removeLast()
        }
    }

    // MARK: Moving

    mutating func select(_ wanted: Int) { index = min(max(0, wanted), max(0, visible.count - 1)) }

    mutating func move(_ step: Int) {
        select(ScrollMath.moved(index, by: step))
    }

    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(index, in: height, of: visible.count, scroll: scroll)
    }

    // MARK: Folding

    mutating func toggle() {
        guard let row = selected, row.isBranch else { return }
        if touched.remove(row.path) == nil { touched.insert(row.path) }
        flatten(keeping: row.path)
    }

    /// Unfolds the chosen row; one that is open already is entered.
    mutating func unfold() {
        guard let row = selected, row.isBranch else { return }
        if isOpen(row) { move(1) } else { toggle() }
    }

    /// Folds the chosen row, or goes to the one that it is in.
    mutating func fold() {
        guard let row = selected else { return }
        if isOpen(row) { return toggle() }
        if row.path.count > 1 { choose(Array(row.path.dropLast())) }
    }

    /// All folded, or, when they are, all unfolded.
    mutating func toggleAll() {
        let chosen = selected?.path
        let isAnyOpen = visible.contains { isOpen(all[$0]) }
        opensAll = !isAnyOpen
        touched = []
        flatten(keeping: chosen)
    }

    // MARK: Searching

    /// Goes to the first match from the chosen row on; an empty text searches nothing.
    mutating func search(_ text: String) -> Bool {
        needle = text.lowercased()
        guard !needle.isEmpty else { return true }
        return find(1, includingPresent: true)
    }

    var matchCount: Int { needle.isEmpty ? 0 : all.reduce(0) { $0 + (matches($1) ? 1 : 0) } }

    func matches(_ row: Row) -> Bool {
        !needle.isEmpty
            && (row.label.lowercased().contains(needle) || row.value?.lowercased().contains(needle) == true)
    }

    /// The next match in a direction, round the ends; unfolds what it is in. Answers whether there is one.
    mutating func find(_ direction: Int, includingPresent: Bool = false) -> Bool {
        guard !needle.isEmpty, !all.isEmpty else { return false }
        let present = visible.indices.contains(index) ? visible[index] : 0
        for step in (includingPresent ? 0 : 1)...all.count {
            let place = ((present + direction * step) % all.count + all.count) % all.count
            guard matches(all[place]) else { continue }
            reveal(all[place].path)
            return true
        }
        return false
    }

    /// Unfolds everything that a row is in, and chooses it.
    mutating func reveal(_ path: [Document.Step]) {
        for length in 1..<max(1, path.count) {
            let parent = Array(path.prefix(length))
            guard let row = all.first(where: { $0.path == parent }), !isOpen(row) else { continue }
            if touched.remove(parent) == nil { touched.insert(parent) }
        }
        flatten(keeping: path)
    }
}
