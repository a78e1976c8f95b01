import Engine

/// The rows of a table: which of them are shown in which order, which is selected, what is marked, and how the table
/// looks. One for containers, images, networks and volumes alike.
struct Listing<Row: Listed>: Sendable {
    private(set) var all: [Row] = []
    private var places: [Row.ID: Int] = [:]
    /// What the table shows: indexes into `all`, in its order.
    private(set) var order: [Int] = []
    private(set) var isLoaded = false
    private(set) var failure: String?
    var freshness = Freshness()

    /// What is in force.
    private(set) var filter = RowFilter.none
    /// What is wrong with what was typed; the filter before it stays in force.
    private(set) var problem: RowFilter.Problem?
    /// Whether rows that do nothing now are shown as well.
    private(set) var showsIdle = true
    private(set) var settings = TableSettings()
    /// The settings as they were remembered last; `nil` before they have been read.
    var remembered: TableSettings?

    var selectedID: Row.ID?
    private(set) var index = 0
    /// The first row on the screen.
    private(set) var scroll = 0
    /// Columns that are scrolled past at the left.
    var skippedColumns = 0
    /// The first line of the details on the screen.
    var detailScroll = 0
    var marks: Set<Row.ID> = []
    var range: MarkRange<Row.ID>?

    /// What is known beside the rows.
    private(set) var facts = RowFacts(now: Timestamp(nanoseconds: 0))
    /// Of each row of `all`: its place by name, whether the filter lets it through, and how well it fits.
    private var ranks: [Int] = []
    private var passing: [Bool] = []
    private var scores: [Int] = []
    /// Of each row of `all`: its place by the column of text that the table is sorted by.
    private var textRanks: (column: String, ranks: [Double])?
    /// How long the longest cell of each column is that wants to know.
    private var lengths: [String: Int] = [:]

    // MARK: Rows

    /// What the table shows, in its order.
    var rows: ListedRows<Row> { ListedRows(all: all, order: order) }

    subscript(id: Row.ID) -> Row? { places[id].map { all[$0] } }

    var selected: Row? { order.indices.contains(index) ? all[order[index]] : nil }

    /// What an action is about: the marked ones, else the selected one.
    var targets: [Row] {
        if !marks.isEmpty { return all.filter { marks.contains($0.id) } }
        return selected.map { [$0] } ?? []
    }

    /// The whole list, loaded anew, or why it is not there.
    mutating func receive(_ result: Result<[Row], EngineError>) {
        freshness.end()
        switch result {
        case .success(let rows): replace(rows)
        case .failure(let error):
            isLoaded = true
            failure = "\(error)"
        }
    }

    mutating func replace(_ rows: [Row]) {
        all = rows
        isLoaded = true
        failure = nil
        places = Dictionary(rows.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        marks = marks.filter { places[$0] != nil }
        rebuild()
    }

    /// One row, new or changed.
    mutating func put(_ row: Row) {
        guard let place = places[row.id] else { return replace([row] + all) }
        let isRenamed = all[place].name != row.name
        all[place] = row
        if isRenamed { return rebuild() }
        textRanks = nil
        passing = []
        measure([row])
        arrange()
    }

    mutating func remove(_ ids: Set<Row.ID>) {
        guard ids.contains(where: { places[$0] != nil }) else { return }
        replace(all.filter { !ids.contains($0.id) })
    }

    private mutating func rebuild() {
        ranks = Self.ranks(all.map { NaturalOrder($0.name) }).map { Int($0) }
        textRanks = nil
        passing = []
        lengths = [:]
        measure(all)
        arrange()
    }

    // MARK: Facts

    /// Time has passed, figures have changed: rows move when the table is in their order.
    mutating func follow(_ change: (inout RowFacts) -> Void) {
        change(&facts)
        if followsFigures { arrange() }
    }

    /// Something else has become known of the rows.
    mutating func learn(_ change: (inout RowFacts) -> Void) {
        change(&facts)
        rebuild()
    }

    /// Where a person is in it.
    var position: PanePosition {
        let order = sortOrder
        return PanePosition(
            filter: filter.text, sort: (order.isReversed ? "-" : "") + order.column,
            selection: selected?.name ?? "", scroll: scroll, tab: showsIdle ? "" : "in use")
    }

    /// Goes back to where a person was.
    mutating func restore(_ position: PanePosition) {
        narrow(position.filter)
        if showsIdle == (position.tab == "in use") { toggleIdle() }
        let isReversed = position.sort.hasPrefix("-")
        let column = String(isReversed ? position.sort.dropFirst() : position.sort[...])
        if self.column(column) != nil, position.sort != self.position.sort {
            settings.order = TableSettings.Order(column: column, isReversed: isReversed)
            arrange()
        }
        if let index = rows.firstIndex(where: { $0.name == position.selection }) { select(index) }
        scroll = position.scroll
    }

    /// Takes over what was remembered.
    mutating func restore(_ settings: TableSettings) {
        remembered = settings
        apply(settings)
    }

    // MARK: Order

    /// The column that the table is sorted by, and how.
    var sortOrder: TableSettings.Order { settings.order ?? Row.standardOrder }

    /// Whether the smallest comes first.
    var isAscending: Bool { (column(sortOrder.column)?.rises ?? true) != sortOrder.isReversed }

    /// The order or the choice of rows changes with each round of figures.
    var followsFigures: Bool { filter.followsFigures || column(sortOrder.column)?.movesRows == true }

    /// Filters and sorts; what is equal stays in the order of the names, so that rows never dance. The selection stays on
    /// its row, or on its place when that is gone.
    mutating func arrange() {
        choose()
        let keys = self.keys()
        let groups = settings.isGrouped ? Self.groupRanks(all) : []
        let isAscending = isAscending
        let (ranks, scores) = (ranks, scores)
        order = all.indices.filter { passing[$0] }.sorted { left, right in
            if !groups.isEmpty, groups[left] != groups[right] { return groups[left] < groups[right] }
            if !scores.isEmpty, scores[left] != scores[right] { return scores[left] > scores[right] }
            let (first, second) = (keys[left], keys[right])
            // What says nothing stands last, however the order runs.
            if first.isNaN != second.isNaN { return second.isNaN }
            if first != second, !first.isNaN { return isAscending ? first < second : first > second }
            return ranks[left] != ranks[right] ? ranks[left] < ranks[right] : left < right
        }
        let place = selectedID.flatMap { places[$0] }
        moveTo(place.flatMap { order.firstIndex(of: $0) } ?? index)
    }

    /// Which rows the filter lets through; asked again only when rows, filter or figures have changed.
    private mutating func choose() {
        guard passing.count != all.count || filter.followsFigures || !showsIdle else { return }
        passing = all.map { row in
            (showsIdle || !row.isIdle(facts)) && filter.matches(Subject(row: row, facts: facts))
        }
        scores = []
        guard filter.isFuzzy else { return }
        scores = all.indices.map { passing[$0] ? filter.score(Subject(row: all[$0], facts: facts)) : 0 }
    }

    /// What the rows are sorted by, as numbers: of text its place in the order of all.
    private mutating func keys() -> [Double] {
        guard let column = column(sortOrder.column) else { return ranks.map(Double.init) }
        if let textRanks, textRanks.column == column.id { return textRanks.ranks }
        let value = column.order ?? column.value
        let values = all.map { value($0, facts) }
        guard values.contains(where: \.isText) else {
            return values.map { if case .number(let number) = $0 { number } else { .nan } }
        }
        let ranks = Self.ranks(values.map { $0.words.isEmpty ? nil : NaturalOrder($0.words.joined(separator: " ")) })
        textRanks = (column.id, ranks)
        return ranks
    }

    /// The place of each; what is equal shares one, and what is not there has none.
    private static func ranks(_ keys: [NaturalOrder?]) -> [Double] {
        var ranks = [Double](repeating: .nan, count: keys.count)
        var last: NaturalOrder?
        var rank = -1.0
        let present = keys.enumerated().compactMap { index, key in key.map { (index: index, key: $0) } }
        for (index, key) in present.sorted(by: { $0.key < $1.key }) {
            if key != last { rank += 1 }
            last = key
            ranks[index] = rank
        }
        return ranks
    }

    private static func groupRanks(_ rows: [Row]) -> [Double] {
        // What belongs to nothing stands behind all groups.
        ranks(rows.map { $0.group.map(NaturalOrder.init) }).map { $0.isNaN ? .infinity : $0 }
    }

    // MARK: Wishes

    /// What a filter is made from what is typed; a bad one leaves the one before in force.
    mutating func narrow(_ text: String) {
        switch FilterParser.parse(text, fields: Row.columns.fields) {
        case .success(let filter):
            self.filter = filter
            problem = nil
            passing = []
            arrange()
        case .failure(let problem): self.problem = problem
        }
    }

    /// Asking for the same column again turns the order round.
    mutating func sort(by id: String) {
        guard column(id) != nil else { return }
        let isSame = sortOrder.column == id
        settings.order = TableSettings.Order(column: id, isReversed: isSame && !sortOrder.isReversed)
        arrange()
    }

    mutating func toggleIdle() {
        showsIdle.toggle()
        passing = []
        arrange()
    }

    mutating func apply(_ settings: TableSettings) {
        let rearranges = settings.order != self.settings.order || settings.isGrouped != self.settings.isGrouped
        self.settings = settings
        measure(all)
        if rearranges { arrange() }
    }

    // MARK: Columns

    func column(_ id: String) -> ListColumn<Row>? { settings.column(id) }

    /// How long the longest cell of a column is.
    func length(of column: String) -> Int? { lengths[column] }

    private mutating func measure(_ rows: [Row]) {
        for column in settings.shownColumns(of: Row.self) {
            guard let length = column.length else { continue }
            lengths[column.id] = rows.reduce(lengths[column.id] ?? 0) { max($0, length($1, facts)) }
        }
    }

    // MARK: Place

    /// Puts the cursor on a row, clamped.
    mutating func select(_ wanted: Int) {
        guard !order.isEmpty else { return }
        moveTo(wanted)
        followRange()
    }

    mutating func select(_ id: Row.ID) {
        guard let place = places[id], let index = order.firstIndex(of: place) else { return }
        select(index)
    }

    /// Selects a row; what hides it is taken away.
    mutating func reveal(_ id: Row.ID) {
        guard let place = places[id] else { return }
        if !order.contains(place) { narrow("") }
        if !order.contains(place) { toggleIdle() }
        select(id)
    }

    mutating func move(_ step: Int) {
        select(ScrollMath.moved(index, by: step))
    }

    private mutating func moveTo(_ wanted: Int) {
        index = min(max(0, wanted), max(0, order.count - 1))
        let id = selected?.id
        if id != selectedID { detailScroll = 0 }
        selectedID = id
    }

    /// Keeps the selected row within `height` rows on the screen.
    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(index, in: height, of: order.count, scroll: scroll)
    }

    /// A row as the filter sees it.
    struct Subject: FilterSubject {
        let row: Row
        let facts: RowFacts

        var searched: [String] { row.searched }
        var labels: [String: String] { row.labels }
        func value(_ column: String) -> CellValue {
            Row.columns[column]?.value(row, facts) ?? .nothing
        }
    }
}
