import Engine
import Terminal

extension Pane {
    static let changes = Pane("changes")
}

extension ViewName {
    static let changes = ViewName("changes")
}

extension KeyContext {
    static let changes = KeyContext("changes", "Changes of the file system")
}

extension Action {
    static let changes = Action("changes")
    static let changesTree = Action("changes-tree")
    static let changesFold = Action("changes-fold")
    static let changesOrder = Action("changes-order")
    static let changesAdded = Action("changes-added")
    static let changesChanged = Action("changes-changed")
    static let changesDeleted = Action("changes-deleted")
    static let changesAgain = Action("changes-again")
    static let changesCopy = Action("changes-copy")
}

/// What the changes know.
struct ChangesState: PaneState {
    var container: ContainerID?
    var name = ""
    var rows = ChangeRows()
    var isLoaded = false
    var isReading = false
    var failure: EngineError?

    init() {}
}

/// Reads what a container has changed.
struct ReadChanges: Errand {
    struct Answer: Sendable {
        var container: ContainerID
        var result: Result<[FileChange], EngineError>
    }

    var container: ContainerID
    var slot: String? { "changes" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        await answer(
            Answer(
                container: container,
                result: await services.result { try await services.engine.changes(in: container.rawValue) }))
    }
}

/// What a container has changed in its file system.
enum ChangesPane: PaneKind {
    typealias State = ChangesState

    static let pane = Pane.changes
    static let title = "Changes"
    static let contexts: [KeyContext] = [.changes, .everywhere]
    static let views = [ViewDefinition(.changes, "Changes", tab: .containers, .changes)]
    static let bindings = [
        KeyBinding(.changes, .containers, ["F"], "what it has changed in its file system"),
        KeyBinding(.changesFold, .changes, ["space"], "fold or unfold the directory", hint: "fold"),
        KeyBinding(.changesTree, .changes, ["t"], "as a tree or as a list", hint: "tree"),
        KeyBinding(.changesOrder, .changes, ["O"], "by size or by path", hint: "order"),
        KeyBinding(.changesAdded, .changes, ["A"], "hide or show what was added", hint: "added"),
        KeyBinding(.changesChanged, .changes, ["C"], "hide or show what was changed", hint: "changed"),
        KeyBinding(.changesDeleted, .changes, ["D"], "hide or show what was deleted", hint: "deleted"),
        KeyBinding(.changesAgain, .changes, ["r"], "look again", hint: "again"),
        KeyBinding(.changesCopy, .changes, ["c"], "copy the path", hint: "copy"),
    ]
    static let menu: [Action] = [
        .open, .changesFold, .changesTree, .changesOrder, .changesAdded, .changesChanged, .changesDeleted,
        .changesAgain, .changesCopy, .filter,
    ]

    static func subject(_ state: DashboardState) -> String { state[ChangesPane.self].name }

    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let own = state[ChangesPane.self]
        let rows = own.rows
        var trailing: [Span] = own.isReading ? [Span("\(words("reading")) ", look[.info])] : []
        for kind in FileChange.Kind.allCases {
            let isShown = rows.kinds.contains(kind)
            trailing.append(
                Span("\(kind.rawValue) \(rows.count(of: kind))  ", isShown ? style(kind, look) : look[.faint]))
        }
        trailing.append(Span(Format.decimalBytes(Double(rows.written)), look[.muted]))
        let inside = frame.pane(
            rect, title: [Span("\(words("Changes")) ", look[.title]), Span(own.name, look[.secondary])],
            trailing: trailing,
            isFocused: state.focus == pane, look: look)
        guard !rows.rows.isEmpty else {
            return frame.emptiness(emptyWords(own), in: inside, seed: 9, now: state.now, look: look)
        }
        RowList(
            pane: pane, count: rows.rows.count, index: rows.index, scroll: rows.scroll,
            isFocused: state.focus == pane
        ).draw(in: inside, &frame, look) { place, width in line(rows.rows[place], rows, width, look) }
    }

    private static func emptyWords(_ own: ChangesState) -> [String] {
        if let failure = own.failure { return ["\(failure)", words("r tries again")] }
        if own.container == nil { return [words("no container is selected"), words("2 shows them, F their changes")] }
        if !own.isLoaded { return [words("reading")] }
        if own.rows.changes.isEmpty {
            return [words("\(own.name) has changed nothing"), words("its files are its image's")]
        }
        return [words("no change fits"), words("A, C and D show kinds again, Esc takes the filter back")]
    }

    private static func style(_ kind: FileChange.Kind?, _ look: Look) -> Style {
        switch kind {
        case .added: look[.ok]
        case .changed: look[.tertiary]
        case .deleted: look[.error]
        case nil: look[.faint]
        }
    }

    private static func line(_ row: ChangeRows.Row, _ rows: ChangeRows, _ width: Int, _ look: Look) -> [Span] {
        let kind = row.change?.kind
        var spans = [Span((kind?.rawValue ?? " ") + " ", style(kind, look))]
        let size = row.size > 0 || row.change?.size != nil ? Format.decimalBytes(Double(row.size)) : ""
        spans.append(Span(RowList.cell(size, 9, trailing: true) + " ", look[.muted]))
        let isFolded = row.below > 0 && !rows.isOpen(row)
        if rows.isTree {
            spans.append(Span(String(repeating: " ", count: min(max(0, row.depth), 20) * 2)))
            spans.append(Span((row.below > 0 ? RowList.foldSign(!isFolded, look) : " ") + " ", look[.secondary]))
            let name = SafeText.string(row.location.name ?? [0x2F])
            spans.append(Span(name + (row.isDirectory ? "/" : ""), nameStyle(row, look)))
        } else {
            spans.append(Span(SafeText.string(row.location.bytes), nameStyle(row, look)))
        }
        if isFolded { spans.append(Span("  \(words("\(row.below) below"))", look[.faint])) }
        return spans
    }

    private static func nameStyle(_ row: ChangeRows.Row, _ look: Look) -> Style {
        row.change == nil ? look[.muted] : row.isDirectory ? look[.secondary] : style(row.change?.kind, look)
    }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(1, rect.height - 2) }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) {
        (0, state[ChangesPane.self].rows.filter)
    }

    static func found(_ state: DashboardState) -> String { words("\(state[ChangesPane.self].rows.rows.count) shown") }

    // MARK: What a person does

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        if action == .changes { return show(&state) }
        guard state.focus == pane else { return nil }
        switch action {
        case .changesTree: state[ChangesPane.self].rows.toggleTree()
        case .changesFold: state[ChangesPane.self].rows.toggleFold()
        case .changesOrder: state[ChangesPane.self].rows.toggleOrder()
        case .changesAdded: state[ChangesPane.self].rows.toggle(.added)
        case .changesChanged: state[ChangesPane.self].rows.toggle(.changed)
        case .changesDeleted: state[ChangesPane.self].rows.toggle(.deleted)
        case .changesAgain: return read(&state)
        case .changesCopy:
            return state[ChangesPane.self].rows.selected.map { state.copy($0.location.text) } ?? []
        default: return nil
        }
        return []
    }

    private static func show(_ state: inout DashboardState) -> [Effect] {
        guard let container = state.selected else {
            state.tell(.information, words("no container is selected"))
            return []
        }
        if state[ChangesPane.self].container != container.id { state[ChangesPane.self] = ChangesState() }
        state[ChangesPane.self].container = container.id
        state[ChangesPane.self].name = container.name
        state.open(.changes)
        return read(&state)
    }

    private static func read(_ state: inout DashboardState) -> [Effect] {
        guard let id = state[ChangesPane.self].container else { return [] }
        state[ChangesPane.self].isReading = true
        return [.errand(pane, ReadChanges(container: id))]
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state[ChangesPane.self].rows.move(step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state[ChangesPane.self].rows.select(edge == .top ? 0 : .max)
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] { move(step, &state) }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        let rows = state[ChangesPane.self].rows
        if let row = rows.selected, row.below > 0, rows.isOpen(row) == (step < 0) {
            state[ChangesPane.self].rows.toggleFold()
        }
        return []
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.ask(pane, "filter", words("paths with"), text: state[ChangesPane.self].rows.filter, isLive: true)
        return []
    }

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        state[ChangesPane.self].rows.setFilter(text)
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        guard !state[ChangesPane.self].rows.filter.isEmpty else { return false }
        state[ChangesPane.self].rows.setFilter("")
        return true
    }

    /// Leads to the file among its neighbours.
    static func open(_ state: inout DashboardState) -> [Effect] {
        let own = state[ChangesPane.self]
        guard let row = own.rows.selected, let container = own.container else { return [] }
        if row.change?.kind == .deleted {
            state.tell(.information, words("\(printable(row.location.text)) is gone from the container"))
            return []
        }
        return BrowserPane.show(
            container, own.name, at: row.isDirectory ? row.location : row.location.parent,
            choosing: row.isDirectory ? nil : row.location.name, &state)
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        guard case .place(let place) = spot else { return [] }
        state[ChangesPane.self].rows.select(place)
        return isDouble ? open(&state) : []
    }

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        guard let answer = answer as? ReadChanges.Answer, answer.container == state[ChangesPane.self].container else {
            return []
        }
        state[ChangesPane.self].isReading = false
        state[ChangesPane.self].isLoaded = true
        switch answer.result {
        case .success(let changes):
            state[ChangesPane.self].rows.take(changes)
            state[ChangesPane.self].failure = nil
        case .failure(let error): state[ChangesPane.self].failure = error
        }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        guard let rect else { return [] }
        state[ChangesPane.self].rows.keepVisible(height(state, rect))
        // Opened by its name, without a key on a container.
        if state[ChangesPane.self].container == nil, state.selected != nil { return show(&state) }
        return []
    }
}
