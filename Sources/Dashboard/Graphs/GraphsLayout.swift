import Engine
import Terminal

/// Which graphs stand where in the pane; also decides which figures are asked for.
struct GraphsLayout: Sendable {
    var places: [GraphPlace] = []
    /// Names above the columns.
    var headings: [(rect: Rect, isHost: Bool)] = []
    /// Time lines below the columns.
    var lines: [Rect] = []
    /// All rows of graphs, and how many are seen.
    var rowCount = 0
    var shownRows = 0

    private static let lowestPanel = 4
    /// Columns side by side need that much.
    private static let wide = 44
    /// The least height that has a row left for a time line.
    private static let lineHeight = 11

    init(_ state: DashboardState, in rect: Rect) {
        var inside = rect.inset(horizontal: 2, vertical: 1)
        guard inside.width > 4, inside.height > 1 else { return }
        var rows = GraphRow.all(state)
        let isWide = inside.width >= Self.wide
        let columns = isWide && rows.contains { !$0.right.isEmpty } ? 2 : 1
        if !isWide {
            // The container first, then the host, as if they were two pages.
            rows = rows.map { GraphRow(left: $0.left, right: []) } + rows.map { GraphRow(left: $0.right, right: []) }
            rows.removeAll { $0.left.isEmpty }
        }
        let hasHeading = isWide || state.graphs.mode != .one
        if hasHeading {
            let parts = inside.splitTop(1)
            let sides = parts.top.columns([Rect.Share](repeating: .flexible(), count: columns), spacing: 3)
            headings = sides.enumerated().map { ($0.element, $0.offset == 1 || state.selected == nil) }
            inside = parts.rest
        }
        var lineRow: Rect?
        if inside.height >= Self.lineHeight {
            let parts = inside.splitBottom(1)
            (inside, lineRow) = (parts.rest, parts.bottom)
        }
        rowCount = rows.count
        if let key = state.graphs.zoomed,
            let panel = rows.flatMap({ $0.left + $0.right }).first(where: { $0.key == key })
        {
            let place = GraphPlace(alone: panel, inside)
            places = [place]
            shownRows = rowCount
            if let lineRow { lines = [Rect(x: place.line.x, y: lineRow.y, width: place.line.width, height: 1)] }
            if !headings.isEmpty {
                headings = [
                    (Rect(x: inside.x, y: inside.y - 1, width: inside.width, height: 1), key.hasPrefix("host-"))
                ]
            }
            return
        }
        place(rows, in: inside, columns: columns, state)
        if let lineRow {
            lines = inside.columns([Rect.Share](repeating: .flexible(), count: columns), spacing: 3).map { part in
                let line = places.first { $0.rect.x == part.x && $0.rect.width == part.width && $0.cores.isEmpty }?.area
                return Rect(x: line?.x ?? part.x, y: lineRow.y, width: line?.width ?? part.width, height: 1)
            }
        }
    }

    private mutating func place(_ rows: [GraphRow], in room: Rect, columns: Int, _ state: DashboardState) {
        shownRows = max(1, min(rows.count, (room.height + 1) / (Self.lowestPanel + 1)))
        let first = ScrollMath.clamp(state.graphs.scroll, height: shownRows, count: rows.count)
        let spacing = room.height >= shownRows * 6 ? 1 : 0
        let bands = room.rows([Rect.Share](repeating: .flexible(), count: shownRows), spacing: spacing)
        for (offset, (row, band)) in zip(rows.dropFirst(first), bands).enumerated() {
            let sides = row.right.isEmpty || columns == 1 ? 1 : 2
            let parts = band.columns([Rect.Share](repeating: .flexible(), count: sides), spacing: 3)
            for (panels, part) in zip([row.left, row.right], parts) {
                let rooms = part.columns([Rect.Share](repeating: .flexible(), count: panels.count), spacing: 1)
                for (panel, room) in zip(panels, rooms) {
                    places.append(
                        GraphPlace(panel, room, row: first + offset, interfaces: Self.interfaces(panel, state)))
                }
            }
        }
    }

    /// A container with several interfaces has a row of figures of them above the graph of their sum.
    private static func interfaces(_ panel: GraphPanel, _ state: DashboardState) -> Int {
        guard panel.key == "network", case .container(let id) = panel.layers.first?.source.subject else { return 0 }
        return state.usage[id]?.interfaces.count ?? 0
    }

    /// All that is to be asked, each once.
    func queries(_ span: GraphsState.Span) -> [HistoryQuery] {
        var seen: Set<HistoryQuery> = []
        return places.flatMap { $0.panel.queries(span: span, points: $0.points) }.filter { seen.insert($0).inserted }
    }

    /// The graph whose time line the cursor is moved by.
    func reference(_ graphs: GraphsState) -> GraphPlace? {
        places.first { $0.panel.key == graphs.chosen && !$0.panel.layers.isEmpty }
            ?? places.first { !$0.panel.layers.isEmpty }
    }
}
