import Engine

/// The networks or the volumes: which of them are shown in which order, what is marked, and how fresh all of it is.
struct ResourceList<Row: Resource>: Sendable {
    /// Whether the list is to be read again. It is read only while it is on the screen.
    private enum Freshness: Sendable, Hashable {
        case stale
        case fresh
        case loading
        /// Something happened while it was being read: what comes may be older.
        case changedWhileLoading
    }

    private(set) var all: [Row] = []
    /// What the table shows, in its order.
    private(set) var rows: [Row] = []
    private(set) var isLoaded = false
    private(set) var failure: String?
    private(set) var filter = RowFilter("")
    private(set) var sort = ResourceSort<Row.Column>()
    private(set) var selectedID: Row.ID?
    private(set) var index = 0
    /// The first row on the screen.
    private(set) var scroll = 0
    var marks: Set<Row.ID> = []
    /// The first line of the details on the screen.
    var detailScroll = 0
    private var freshness = Freshness.stale
    private var loadedAt: Timestamp?

    var selected: Row? { rows.indices.contains(index) ? rows[index] : nil }

    /// What an action is about: the marked ones, else the selected one.
    var targets: [Row] {
        if !marks.isEmpty { return all.filter { marks.contains($0.id) } }
        return selected.map { [$0] } ?? []
    }

    // MARK: Loading

    /// Seconds after which it is read again unasked, for what no event tells of.
    private static var age: Int64 { 5 }

    /// Whether to read it now; then it counts as being read. A storm of events reads it once a second.
    mutating func beginLoading(_ now: Timestamp) -> Bool {
        let age = loadedAt.map { Format.age(of: $0, now: now) } ?? .max
        switch freshness {
        case .stale where age >= 1, .fresh where age >= Self.age: freshness = .loading
        default: return false
        }
        loadedAt = now
        return true
    }

    /// Something happened to one of its rows.
    mutating func markStale() { freshness = isLoading ? .changedWhileLoading : .stale }

    /// It was changed from here: nobody wants to wait for the next second.
    mutating func markStaleAtOnce() {
        markStale()
        loadedAt = nil
    }

    private var isLoading: Bool { freshness == .loading || freshness == .changedWhileLoading }

    /// The whole list, loaded anew, or why it is not there.
    mutating func receive(_ result: Result<[Row], EngineError>) {
        freshness = freshness == .changedWhileLoading ? .stale : .fresh
        isLoaded = true
        switch result {
        case .success(let rows):
            failure = nil
            replace(rows)
        case .failure(let error): failure = "\(error)"
        }
    }

    mutating func replace(_ rows: [Row]) {
        all = rows
        marks.formIntersection(rows.map(\.id))
        arrange()
    }

    mutating func remove(_ ids: Set<Row.ID>) { replace(all.filter { !ids.contains($0.id) }) }

    // MARK: Order and place

    mutating func narrow(_ text: String) {
        filter = RowFilter(text)
        arrange()
    }

    mutating func order(by column: Row.Column) {
        sort.choose(column)
        arrange()
    }

    /// Filters and sorts; the selection stays on its row, or on its place when that is gone.
    private mutating func arrange() {
        let shown = filter.isEmpty ? all : all.filter { filter.matches($0.searched, labels: $0.labels) }
        rows = sort.sorted(shown)
        place(rows.firstIndex { $0.id == selectedID } ?? index)
    }

    private mutating func place(_ wanted: Int) {
        index = min(max(0, wanted), max(0, rows.count - 1))
        let id = selected?.id
        if id != selectedID { detailScroll = 0 }
        selectedID = id
    }

    /// Selects a row by number, clamped.
    mutating func select(_ wanted: Int) { if !rows.isEmpty { place(wanted) } }

    mutating func move(_ step: Int) {
        let (sum, overflow) = index.addingReportingOverflow(step)
        select(overflow ? .max : sum)
    }

    mutating func select(_ id: Row.ID) {
        guard let index = rows.firstIndex(where: { $0.id == id }) else { return }
        place(index)
    }

    mutating func toggleMark() {
        guard let id = selectedID else { return }
        if marks.remove(id) == nil { marks.insert(id) }
    }

    mutating func markAll() { marks = Set(rows.map(\.id)) }

    /// Keeps the selected row within `height` rows on the screen.
    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(index, in: height, of: rows.count, scroll: scroll)
    }
}
