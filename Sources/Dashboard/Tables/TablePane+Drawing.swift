import Terminal

/// What a table's frame says.
struct TableTitle {
    var text: String
    /// At the right.
    var trailing: [Span] = []
    /// What to say where there is nothing at all.
    var nothing: [String]
}

extension TablePane {
    /// Draws frame and table, or why it is empty.
    static func drawTable(
        _ title: TableTitle, _ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look
    ) {
        let list = state[keyPath: listing]
        let isFocused = state.focus == pane
        let inside = frame.pane(
            rect,
            title: [Span("\(title.text) ", look[.title]), Span(ListPainter.count(list), look[.muted])]
                + narrowed(list, look),
            trailing: title.trailing, isFocused: isFocused, look: look)
        guard !list.rows.isEmpty else {
            let key = state.keys.key(for: .showStopped).map(KeyMap.display)
            let phrases = ListPainter.emptyWords(list, nothing: title.nothing, showKey: key)
            frame.emptiness(phrases, in: inside, seed: 11, now: state.now, look: look)
            return
        }
        let places = ListPainter.draw(
            list, state, in: inside, isFocused: isFocused, hovered: hovered(state), &frame, look)
        for (index, (column, place)) in places.columns.enumerated() where !place.isEmpty {
            let isLast = index == places.columns.count - 1
            frame.hit(
                Rect(x: place.x, y: inside.y, width: place.width + (isLast ? 1 : 0), height: 1),
                .spot(pane, .header(column.id)))
            if !isLast {
                frame.hit(Rect(x: place.right, y: inside.y, width: 1, height: 1), .spot(pane, .edge(column.id)))
            }
        }
        for line in 0..<places.body.height where list.rows.indices.contains(list.scroll + line) {
            frame.hit(places.body.row(line), .spot(pane, .row(text(list.rows[list.scroll + line].id))))
        }
    }

    /// The filter in force, and what else hides rows.
    private static func narrowed(_ list: Listing<Row>, _ look: Look) -> [Span] {
        var spans: [Span] = []
        if !list.filter.isEmpty { spans.append(Span(" /\(list.filter.text)", look[.tertiary])) }
        if !list.showsIdle { spans.append(Span(" \(words("in use"))", look[.tertiary])) }
        if list.settings.isWide { spans.append(Span(" \(words("wide"))", look[.secondary])) }
        return spans
    }
}
