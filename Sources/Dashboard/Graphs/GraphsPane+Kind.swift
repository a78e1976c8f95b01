import Engine
import Terminal

extension Pane {
    static let graphs = Pane("graphs")
}

extension ViewName {
    static let graphs = ViewName("graphs")
}

extension KeyContext {
    static let graphs = KeyContext("graphs", "Graphs")
}

extension Action {
    static let graphs = Action("graphs")
    static let graphMode = Action("graph-mode")
    static let graphGlyphs = Action("graph-glyphs")
    static let graphScale = Action("graph-scale")
    static let graphLonger = Action("graph-longer")
    static let graphShorter = Action("graph-shorter")
    static let graphCursorLeft = Action("graph-cursor-left")
    static let graphCursorRight = Action("graph-cursor-right")
    static let graphEventBefore = Action("graph-event-before")
    static let graphEventNext = Action("graph-event-next")
}

extension GraphsPane: PaneKind {
    static let pane = Pane.graphs
    static let title = "Graphs"
    static let contexts: [KeyContext] = [.graphs, .containers, .everywhere]
    static let views = [ViewDefinition(.graphs, "Graphs", .graphs)]
    static let opening = [KeyBinding(.graphs, .everywhere, ["6"], "graphs")]
    static let bindings = [
        KeyBinding(
            .graphMode, .graphs, ["v"], "one container, the marked or busiest over each other, shares of the host",
            hint: "one/all/shares"),
        KeyBinding(.graphLonger, .graphs, [">", "."], "a longer time span", hint: "longer"),
        KeyBinding(.graphShorter, .graphs, ["<", ","], "a shorter time span", hint: "shorter"),
        KeyBinding(
            .graphCursorLeft, .graphs, ["left"],
            "read all figures at an earlier time; l goes to the log of then, Esc ends it", hint: "read"),
        KeyBinding(.graphCursorRight, .graphs, ["right"], "at a later time"),
        KeyBinding(
            .graphEventBefore, .graphs, ["{"], "read at the event before: start, end, OOM, health", hint: "event"),
        KeyBinding(.graphEventNext, .graphs, ["}"], "at the event after"),
        KeyBinding(.graphScale, .graphs, ["c"], "scale: to the peak, to 100 % or the limit", hint: "scale"),
        KeyBinding(.graphGlyphs, .graphs, ["b"], "braille, blocks or ASCII", hint: "glyphs"),
    ]
    static var menu: [Action] {
        [.graphMode, .graphLonger, .graphShorter, .graphEventBefore, .graphEventNext, .graphScale, .graphGlyphs]
            + ContainersPane.menu
    }

    static func subject(_ state: DashboardState) -> String { ContainersPane.subject(state) }

    static func copies(_ state: DashboardState) -> [Copyable] { ContainersPane.copies(state) }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) { ContainersPane.narrowing(state) }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .graphs: state.open(.graphs)
        case .graphMode: state.graphs.nextMode()
        case .graphGlyphs: state.graphs.nextStyle(onASCII: false)
        case .graphScale: state.graphs.scale = state.graphs.scale == .peak ? .limit : .peak
        case .graphLonger: state.graphs.step(span: 1)
        case .graphShorter: state.graphs.step(span: -1)
        case .graphCursorLeft: moveCursor(-1, &state)
        case .graphCursorRight: moveCursor(1, &state)
        case .graphEventBefore: moveToEvent(-1, &state)
        case .graphEventNext: moveToEvent(1, &state)
        case .logs:
            // From a time that is read to the lines of that time.
            guard state.focus == pane, let cursor = state.graphs.cursor else { return nil }
            return state.openLogs(at: Timestamp(seconds: cursor))
        default: return nil
        }
        return []
    }

    /// Up and down choose the row of graphs that Enter shows alone.
    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        let rows = GraphRow.all(state)
        if let zoomed = state.graphs.zoomed {
            let keys = rows.flatMap { $0.left + $0.right }.map(\.key)
            guard let index = keys.firstIndex(of: zoomed) else { return [] }
            state.graphs.zoomed = keys[min(max(0, index + step.signum()), keys.count - 1)]
            state.graphs.chosen = state.graphs.zoomed
            return []
        }
        let now = rows.firstIndex { row in (row.left + row.right).contains { $0.key == state.graphs.chosen } }
        choose(rows, now.map { $0 + step } ?? (step > 0 ? state.graphs.scroll : rows.count - 1), &state)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        let rows = GraphRow.all(state)
        choose(rows, edge == .top ? 0 : rows.count - 1, &state)
        return []
    }

    private static func choose(_ rows: [GraphRow], _ index: Int, _ state: inout DashboardState) {
        guard !rows.isEmpty else { return }
        let row = min(max(0, index), rows.count - 1)
        // A choice of the host's side stays there.
        let isHost = state.graphs.chosen?.hasPrefix("host-") == true
        let sides = isHost ? [rows[row].right, rows[row].left] : [rows[row].left, rows[row].right]
        state.graphs.chosen = sides.first { !$0.isEmpty }?.first?.key
        guard let rect = state.layout.rect(of: pane) else { return }
        let shown = GraphsLayout(state, in: rect).shownRows
        if row < state.graphs.scroll { state.graphs.scroll = row }
        if row >= state.graphs.scroll + shown { state.graphs.scroll = row - shown + 1 }
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        moveCursor(step.signum(), &state)
        return []
    }

    /// To the container before or after in the list.
    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        state.list.select(state.list.index + direction)
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        if state.view == .overview && !state.isZoomed {
            state.open(.graphs)
            return []
        }
        guard let rect = state.layout.rect(of: pane), state.graphs.zoomed == nil else { return [] }
        state.graphs.zoomed = GraphsLayout(state, in: rect).reference(state.graphs)?.panel.key
        state.graphs.chosen = state.graphs.zoomed
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        if state.graphs.cursor != nil {
            state.graphs.cursor = nil
        } else if state.graphs.zoomed != nil {
            state.graphs.zoomed = nil
        } else if state.graphs.mode != .one {
            state.graphs.mode = .one
        } else {
            return false
        }
        return true
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        guard let rect = state.layout.rect(of: pane) else { return [] }
        switch spot {
        case .row(let key):
            state.graphs.chosen = key
            if isDouble { state.graphs.zoomed = state.graphs.zoomed == nil ? key : nil }
        case .place(let column):
            // Pressed again where it stands, the cursor goes.
            let second = Self.second(at: column, state, GraphsLayout(state, in: rect), rect)
            state.graphs.cursor = second == state.graphs.cursor ? nil : second
        default: break
        }
        return []
    }

    // MARK: The cursor

    /// The second that a column of the pane stands for.
    private static func second(at column: Int, _ state: DashboardState, _ layout: GraphsLayout, _ rect: Rect) -> Int64?
    {
        let x = rect.x + column
        func holds(_ place: GraphPlace) -> Bool { x >= place.line.x && x < place.line.right }
        let place =
            layout.places.first { $0.panel.key == state.graphs.chosen && holds($0) }
            ?? layout.places.first { holds($0) && !$0.panel.layers.isEmpty }
        return place.flatMap { GraphReading(state.graphs, $0).second(at: x - $0.line.x) }
    }

    private static func moveCursor(_ direction: Int, _ state: inout DashboardState) {
        guard let rect = state.layout.rect(of: pane), let place = GraphsLayout(state, in: rect).reference(state.graphs)
        else { return }
        let reading = GraphReading(state.graphs, place)
        let last = place.points / 2 - 1
        guard let cursor = state.graphs.cursor, let column = reading.column(of: cursor) else {
            if direction < 0 { state.graphs.cursor = reading.second(at: last) }
            return
        }
        // Further than the newest is the present.
        guard column + direction <= last, var second = reading.second(at: max(0, column + direction)) else {
            state.graphs.cursor = nil
            return
        }
        // Where a second is wider than a column, the next column may be the same second still.
        let unit = state.graphs.span.rawValue > Int(HistoryGrid.fineSpan) ? HistoryGrid.period : 1
        if direction < 0 && second >= cursor { second = cursor - unit }
        if direction > 0 && second <= cursor { second = cursor + unit }
        state.graphs.cursor = second > state.graphs.newest ? nil : second
    }

    private static func moveToEvent(_ direction: Int, _ state: inout DashboardState) {
        let graphs = state.graphs
        let ids = Set(state.graphed)
        let from = graphs.cursor ?? (direction < 0 ? graphs.newest + 1 : graphs.newest - Int64(graphs.span.rawValue))
        guard let mark = graphs.marks.next(of: ids, after: from, direction: direction),
            mark.time.seconds > graphs.newest - Int64(graphs.span.rawValue)
        else {
            state.tell(
                .information,
                direction < 0
                    ? words("no event before that within \(graphs.span.title); > shows more")
                    : words("no event after that within \(graphs.span.title); > shows more"))
            return
        }
        state.graphs.cursor = mark.time.seconds
    }

    // MARK: What it needs

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        var effects: [Effect] = []
        let layout = rect.map { GraphsLayout(state, in: $0) }
        if let layout { state.graphs.scroll = max(0, min(state.graphs.scroll, layout.rowCount - layout.shownRows)) }
        var hovered: Int64?
        if let layout, let rect, case .spot(pane, .place(let column)) = state.pointer.hover {
            hovered = Self.second(at: column, state, layout, rect)
        }
        if hovered != state.graphs.hovered { state.graphs.hovered = hovered }
        let wanted = layout?.queries(state.graphs.span) ?? []
        if wanted != state.graphs.watched {
            state.graphs.watch(wanted)
            effects.append(.watch(wanted))
        }
        let detailed = rect == nil ? [] : Set(state.graphed)
        if detailed != state.graphs.detailed {
            state.graphs.detailed = detailed
            effects.append(.errand(pane, WatchContainers(containers: detailed)))
        }
        guard rect != nil else { return effects }
        let first = state.graphs.newest - Int64(state.graphs.span.rawValue)
        if let cursor = state.graphs.cursor, cursor <= first { state.graphs.cursor = nil }
        if state.graphs.newest > 0, state.graphs.marksWanted.map({ first < $0 }) ?? true {
            // A span's beginning moves on, what has been read stays.
            state.graphs.marksWanted = first
            effects.append(
                .errand(
                    pane,
                    ReadEventMarks(since: Timestamp(seconds: first), until: Timestamp(seconds: state.graphs.newest))))
        }
        return effects
    }

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        if let answer = answer as? ReadEventMarks.Answer { state.graphs.marks.fill(answer.marks, since: answer.since) }
        return []
    }
}
