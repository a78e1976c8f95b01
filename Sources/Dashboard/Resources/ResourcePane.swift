import Engine
import Terminal

/// What the panes of networks and volumes share: a table, and all about the selected row beside or below it.
enum ResourcePane {
    /// What a pane says of itself.
    struct Title {
        var text: String
        var noun: String
        var trailing = ""
        /// Shown when there is nothing at all.
        var nothing: [String]
    }

    /// What a column and a row stand for under the mouse.
    struct Targets<Row: Resource> {
        var pane: Pane
        var row: (Row.ID) -> String
    }

    /// Details beside the table where it is wide, below it where it is high.
    static func parts(_ whole: Rect) -> (table: Rect, details: Rect) {
        if whole.width >= 110 {
            let (left, rest) = whole.splitLeft(whole.width * 60 / 100)
            return (left, rest)
        }
        guard whole.height >= 15 else { return (whole, .zero) }
        let (top, rest) = whole.splitTop(max(7, whole.height * 45 / 100))
        return (top, rest)
    }

    static func drawTable<Row: Resource>(
        _ list: ResourceList<Row>, _ title: Title, _ columns: [TableColumn], _ targets: Targets<Row>,
        _ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look, row: (Row) -> TableRow
    ) {
        let isFocused = state.focus == targets.pane
        let isWhole = list.rows.count == list.all.count
        let count = isWhole ? "\(list.all.count)" : "\(list.rows.count) of \(list.all.count)"
        let inside = frame.pane(
            rect, title: [Span("\(title.text) ", look[.title]), Span(count, look[.muted])],
            trailing: title.trailing.isEmpty ? [] : [Span(title.trailing, look[.faint])], isFocused: isFocused,
            look: look)
        guard !list.rows.isEmpty else {
            frame.emptiness(words(list, title), in: inside, seed: 11, now: state.now, look: look)
            return
        }
        let table = Table(
            columns: columns, sort: Table.Sort(column: list.sort.column.rawValue, ascending: list.sort.isAscending),
            isFocused: isFocused)
        let window = ListWindow(
            count: list.rows.count, selected: list.index, offset: list.scroll, height: Table.visibleRows(in: inside))
        let places = table.draw(on: &frame.canvas, in: inside, look: look, window: window) { row(list.rows[$0]) }
        for (column, place) in places.columns {
            guard let id = Row.Column(rawValue: column.id) else { continue }
            frame.hit(
                Rect(x: place.x, y: inside.y, width: place.width + 1, height: 1),
                .spot(targets.pane, .header(id.rawValue)))
        }
        for line in 0..<places.body.height where list.rows.indices.contains(window.offset + line) {
            let name = targets.row(list.rows[window.offset + line].id)
            frame.hit(places.body.row(line), .spot(targets.pane, .row(name)))
        }
    }

    private static func words<Row: Resource>(_ list: ResourceList<Row>, _ title: Title) -> [String] {
        if let failure = list.failure { return ["the \(title.noun)s cannot be listed", failure] }
        if !list.isLoaded { return ["loading"] }
        return list.all.isEmpty ? title.nothing : ["no \(title.noun) matches \(list.filter.text)", "Esc shows all"]
    }

    static func drawDetails(
        _ title: String, _ name: String, _ lines: [[Span]], scroll: Int, in rect: Rect, _ frame: inout Frame,
        _ look: Look
    ) {
        guard !rect.isEmpty else { return }
        let inside = frame.pane(
            rect, title: [Span("\(title) ", look[.title]), Span(name, look[.secondary])], isFocused: false, look: look)
        let text = inside.inset(horizontal: 1, vertical: 0)
        let first = ScrollMath.clamp(scroll, height: text.height, count: lines.count)
        for (index, line) in lines.dropFirst(first).prefix(text.height).enumerated() {
            frame.canvas.put(
                line, at: Point(x: text.x, y: text.y + index), maxWidth: text.width, ellipsis: look.glyphs.ellipsis)
        }
        if lines.count > text.height {
            Scrollbar(offset: first, visible: text.height, count: lines.count).draw(
                on: &frame.canvas, in: Rect(x: inside.right, y: text.y, width: 1, height: text.height), look: look)
        }
    }

    /// How long ago, in docker's words.
    static func ago(_ moment: Timestamp, _ now: Timestamp) -> String {
        Format.humanDuration(seconds: Format.age(of: moment, now: now)) + " ago"
    }
}
