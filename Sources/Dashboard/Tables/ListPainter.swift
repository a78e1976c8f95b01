import Engine
import Terminal

/// Draws a table of whatever kind of rows.
enum ListPainter {
    /// The table of a list as it would be drawn in a rectangle.
    static func table<Row: Listed>(
        _ list: Listing<Row>, width: Int, isFocused: Bool, hovered: Int? = nil
    ) -> Table {
        let isWide = list.settings.isWide
        let columns = list.settings.shownColumns(of: Row.self).compactMap { column -> TableColumn? in
            let length = column.length == nil ? nil : list.length(of: column.id) ?? 0
            // Where nobody has anything there is nothing to show.
            if column.needsContent, length == 0 { return nil }
            return column.tableColumn(
                length: length, width: list.settings.width(of: column.id), isWide: isWide,
                isRoomy: width >= 76)
        }
        return Table(
            columns: columns, sort: Table.Sort(column: list.sortOrder.column, ascending: list.isAscending),
            skippedColumns: list.skippedColumns, scrollsColumns: isWide || list.skippedColumns > 0,
            isFocused: isFocused, hovered: hovered)
    }

    static func draw<Row: Listed>(
        _ list: Listing<Row>, _ state: DashboardState, in rect: Rect, isFocused: Bool, hovered: Row.ID?,
        _ frame: inout Frame, _ look: Look
    ) -> Table.Layout {
        let place = hovered.flatMap { id in list.rows.firstIndex { $0.id == id } }
        let table = table(list, width: rect.width, isFocused: isFocused, hovered: place)
        let window = ListWindow(
            count: list.rows.count, selected: list.index, offset: list.scroll, height: Table.visibleRows(in: rect))
        let scene = CellScene(state: state, facts: list.facts, look: look, filter: list.filter)
        let shown = table.layout(in: rect, window: window).columns.compactMap { column, place in
            list.column(column.id).map { (column: $0, width: place.width) }
        }
        let layout = table.draw(on: &frame.canvas, in: rect, look: look, window: window) { index in
            row(list.rows[index], list, shown, scene)
        }
        if list.settings.isGrouped { lineGroups(list, layout, window, &frame, look) }
        return layout
    }

    private static func row<Row: Listed>(
        _ row: Row, _ list: Listing<Row>, _ columns: [(column: ListColumn<Row>, width: Int)], _ scene: CellScene
    ) -> TableRow {
        var scene = scene
        var cells: [String: TableRow.Content] = [:]
        cells.reserveCapacity(columns.count)
        for (column, width) in columns {
            scene.column = column.id
            scene.width = width
            cells[column.id] = column.cell(row, scene)
        }
        return TableRow(cells, isMarked: list.marks.contains(row.id))
    }

    /// A line beside the rows of one group, with the group's name at the end of its first row in view.
    private static func lineGroups<Row: Listed>(
        _ list: Listing<Row>, _ layout: Table.Layout, _ window: ListWindow, _ frame: inout Frame, _ look: Look
    ) {
        let rows = list.rows
        for line in 0..<layout.body.height where rows.indices.contains(window.offset + line) {
            let index = window.offset + line
            guard let group = rows[index].group, !list.marks.contains(rows[index].id) else { continue }
            let isFirst = index == 0 || rows[index - 1].group != group
            let isLast = index == rows.count - 1 || rows[index + 1].group != group
            let glyphs = look.glyphs
            let sign =
                isFirst && isLast
                ? glyphs.horizontal : isFirst ? glyphs.topLeft : isLast ? glyphs.bottomLeft : glyphs.vertical
            let place = Point(x: layout.body.x + 1, y: layout.body.y + line)
            frame.canvas.set(sign, at: place, style: look[.secondary])
        }
    }

    /// `12`, or `3 of 12`.
    static func count<Row: Listed>(_ list: Listing<Row>) -> String {
        list.rows.count == list.all.count ? "\(list.all.count)" : words("\(list.rows.count) of \(list.all.count)")
    }

    /// What to say where no row is: why, and which key changes it.
    static func emptyWords<Row: Listed>(
        _ list: Listing<Row>, nothing: [String], showKey: String?
    ) -> [String] {
        if let failure = list.failure { return [words("the \(Row.nouns) cannot be listed"), failure] }
        if !list.isLoaded { return [words("loading")] }
        guard !list.all.isEmpty else { return nothing }
        let key = showKey ?? "show-stopped"
        let hidden = list.showsIdle ? [] : [words("\(key) shows those that are hidden")]
        if list.filter.isEmpty { return [words("all \(Format.count(list.all.count, Row.noun)) are hidden")] + hidden }
        return [words("no \(words(for: Row.noun)) matches \(list.filter.text)"), words("Esc shows all")] + hidden
    }
}
