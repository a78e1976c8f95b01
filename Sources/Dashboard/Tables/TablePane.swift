import Terminal

/// A pane that is a table of rows, perhaps with all about the selected one beside it. What such panes have in common is
/// here; a pane says what its rows are and what can be done to them.
protocol TablePane: PaneKind {
    associatedtype Row: Listed

    /// Its rows, in the state.
    static var listing: WritableKeyPath<DashboardState, Listing<Row>> { get }
    /// A row's identifier, as spots spell it.
    static func id(_ text: String) -> Row.ID
    static func text(_ id: Row.ID) -> String
    /// Where the table, with its frame, is in the pane.
    static func tableRect(_ pane: Rect) -> Rect
    /// What the keys sort by that are the same on all tables.
    static var shortcuts: [(action: Action, column: String)] { get }
    /// What can be done to many rows at once, each with what it does when it is chosen.
    static func bulk(_ state: DashboardState) -> [BulkChoice]
    /// A line that is none of a filter.
    static func hearLine(_ word: PaneWord, _ text: String, _ state: inout DashboardState) -> [Effect]
    /// Does one of them.
    static func carryOut(_ choice: BulkChoice, _ state: inout DashboardState) -> [Effect]
}

/// What tables say to themselves by way of lines and dialogs.
enum TableWord: Hashable, Sendable {
    case filter
    case sort(String)
    case bulk(BulkChoice)
    case confirmed(BulkChoice)
}

extension Action {
    static let columns = Action("columns")
    static let wide = Action("wide")
    static let markRange = Action("mark-range")
    static let markUp = Action("mark-up")
    static let markDown = Action("mark-down")
    static let group = Action("group")
    static let bulk = Action("bulk")
}

extension TablePane {
    static func tableRect(_ pane: Rect) -> Rect { pane }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(0, tableRect(rect).height - 3) }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) {
        let list = state[keyPath: listing]
        return (list.marks.count, list.filter.text)
    }

    // MARK: Moving

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state[keyPath: listing].move(step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state[keyPath: listing].select(edge == .top ? 0 : .max)
        return []
    }

    /// Scrolls the columns, where some of them do not fit.
    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        let list = state[keyPath: listing]
        guard let rect = inside(state) else { return [] }
        let drawn = ListPainter.table(list, width: rect.width, isFocused: true)
        let window = ListWindow(count: list.rows.count, height: Table.visibleRows(in: rect))
        let fits = drawn.layout(in: rect, window: window).columns.count == drawn.columns.count
        guard list.skippedColumns > 0 || step < 0 || !fits else { return [] }
        let wanted = list.skippedColumns + step.signum()
        state[keyPath: listing].skippedColumns = min(max(0, wanted), drawn.scrollLimit(in: rect))
        return []
    }

    /// The room inside the table's frame, while it is on the screen.
    static func inside(_ state: DashboardState) -> Rect? { state.layout.rect(of: pane).map { tableRect($0).inset() } }

    static func back(_ state: inout DashboardState) -> Bool {
        if state[keyPath: listing].range?.isHeld == true {
            state[keyPath: listing].range = nil
        } else if !state[keyPath: listing].marks.isEmpty {
            state[keyPath: listing].unmark()
        } else if !state[keyPath: listing].filter.isEmpty {
            state[keyPath: listing].narrow("")
        } else {
            return false
        }
        return true
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        switch spot {
        case .header(let id):
            state.focus = pane
            state[keyPath: listing].sort(by: id)
        case .row(let text):
            state.focus = pane
            state[keyPath: listing].select(id(text))
            if isDouble { return open(&state) }
        case .edge(let id):
            state.focus = pane
            if isDouble { release(id, &state) }
        default: state.focus = pane
        }
        return []
    }

    // MARK: Places

    static func position(_ state: DashboardState) -> PanePosition { state[keyPath: listing].position }

    static func restore(_ position: PanePosition, _ state: inout DashboardState) {
        state[keyPath: listing].restore(position)
    }

    /// What the table shows, for other programs: figures in their plain units.
    static func table(_ state: DashboardState) -> (titles: [String], rows: [[String]])? {
        let list = state[keyPath: listing]
        let columns = list.settings.shownColumns(of: Row.self).filter { column in
            guard column.names.first != "-", column.id != "id" else { return false }
            return !column.needsContent || list.rows.contains { !column.value($0, list.facts).words.isEmpty }
        }
        let rows = list.rows.map { row in
            [text(row.id)] + columns.map { $0.value(row, list.facts).words.joined(separator: " ") }
        }
        return (["ID"] + columns.map { $0.id.uppercased() }, rows)
    }

    // MARK: Filtering

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.ask(pane, TableWord.filter, words("filter"), text: state[keyPath: listing].filter.text, isLive: true)
        return []
    }

    static func found(_ state: DashboardState) -> String {
        let list = state[keyPath: listing]
        return words("\(list.rows.count) of \(list.all.count)")
    }

    static func guide(_ word: PaneWord, _ text: String, _ state: DashboardState) -> LineGuide {
        guard word == PaneWord(TableWord.filter) else { return LineGuide() }
        if let problem = state[keyPath: listing].problem {
            return LineGuide(text: problem.text, completion: nil, problem: problem.place)
        }
        let hint = FilterHint(text, fields: Row.columns.fields)
        return LineGuide(text: hint.text, completion: hint.completion, problem: nil)
    }

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        guard word == PaneWord(TableWord.filter) else { return hearLine(word, text, &state) }
        state[keyPath: listing].narrow(text)
        // A bad one can be mended; Esc goes back to the one before.
        guard isFinal, state[keyPath: listing].problem != nil else { return [] }
        state.ask(pane, TableWord.filter, words("filter"), text: text, isLive: true)
        return []
    }

    static func hearLine(_ word: PaneWord, _ text: String, _ state: inout DashboardState) -> [Effect] { [] }

    static func hear(_ word: PaneWord, _ state: inout DashboardState) -> [Effect] {
        guard let word = word.value as? TableWord else { return [] }
        switch word {
        case .filter: return []
        case .sort(let id): state[keyPath: listing].sort(by: id)
        case .bulk(let choice): confirm(choice, &state)
        case .confirmed(let choice): return carryOut(choice, &state)
        }
        return []
    }

    // MARK: What is kept

    /// After every step: the selected row stays in view, and what the person has chosen is remembered.
    static func settleTable(_ rect: Rect?, _ state: inout DashboardState) {
        let key = "\(pane.name).table"
        if let remembered = state[keyPath: listing].remembered {
            let settings = state[keyPath: listing].settings
            if settings != remembered {
                state[keyPath: listing].remembered = settings
                state.memory[key] = settings.text.isEmpty ? nil : settings.text
            }
        } else {
            state[keyPath: listing].restore(TableSettings(state.memory[key] ?? ""))
        }
        state[keyPath: listing].keepVisible(rect.map { height(state, $0) } ?? 0)
        guard rect != nil, state[keyPath: listing].skippedColumns > 0, let inside = inside(state) else { return }
        let drawn = ListPainter.table(state[keyPath: listing], width: inside.width, isFocused: true)
        let limit = drawn.scrollLimit(in: inside)
        if state[keyPath: listing].skippedColumns > limit { state[keyPath: listing].skippedColumns = limit }
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        settleTable(rect, &state)
        return []
    }
}
