/// Rows under a header that can be sorted, scrolled and marked. Only the rows in view are asked for.
public struct Table: Sendable {
    /// By which column it is sorted, and how.
    public struct Sort: Hashable, Sendable {
        /// The column's identifier.
        public var column: String
        /// Whether the smallest comes first.
        public var ascending: Bool

        /// A sort order.
        public init(column: String, ascending: Bool) {
            self.column = column
            self.ascending = ascending
        }
    }

    /// What a point of a drawn table is.
    public enum Hit: Hashable, Sendable {
        /// A column's header.
        case header(String)
        /// A row by its index.
        case row(Int)
        /// The scrollbar, and how far down (0 … 1).
        case scrollbar(Double)
    }

    /// Its columns.
    public var columns: [TableColumn]
    /// Its order, for the mark in the header.
    public var sort: Sort?
    /// Columns scrolled past at the left; the first stays.
    public var skippedColumns: Int
    /// Whether columns that do not fit are scrolled to; otherwise the most dispensable ones are left out.
    public var scrollsColumns: Bool
    /// Whether it has the focus: otherwise the selected row is only hinted at.
    public var isFocused: Bool
    /// The row under the mouse.
    public var hovered: Int?

    /// A table.
    public init(
        columns: [TableColumn], sort: Sort? = nil, skippedColumns: Int = 0, scrollsColumns: Bool = false,
        isFocused: Bool = true, hovered: Int? = nil
    ) {
        self.columns = columns
        self.sort = sort
        self.skippedColumns = max(0, skippedColumns)
        self.scrollsColumns = scrollsColumns
        self.isFocused = isFocused
        self.hovered = hovered
    }

    /// Where everything was drawn.
    public struct Layout: Hashable, Sendable {
        /// Columns in view with their rectangles, header row included.
        public var columns: [(column: TableColumn, rect: Rect)] { zip(shown, rects).map { ($0, $1) } }
        /// The rows' part of the table.
        public let body: Rect
        let header: Rect
        let scrollbar: Rect
        let shown: [TableColumn]
        let rects: [Rect]
        let offset: Int
        let count: Int
        /// Columns are out of view at the left, or at the right.
        public let hidesLeft: Bool, hidesRight: Bool

        /// What is at a point.
        public func hit(_ point: Point) -> Hit? {
            if scrollbar.contains(point) {
                let rows = max(1, scrollbar.height - 1)
                return .scrollbar(Double(point.y - scrollbar.y) / Double(rows))
            }
            if header.contains(point) {
                for (column, rect) in zip(shown, rects) where point.x >= rect.x && point.x <= rect.right {
                    return .header(column.id)
                }
                return nil
            }
            guard body.contains(point) else { return nil }
            let row = offset + point.y - body.y
            return row < count ? .row(row) : nil
        }
    }

    /// The rows that fit into a table drawn in `rect`.
    public static func visibleRows(in rect: Rect) -> Int { max(0, rect.height - 1) }

    /// Where columns and rows go.
    ///
    /// - Parameters:
    ///   - window: the part of the list in view; its `count` says how many rows there are.
    public func layout(in rect: Rect, window: ListWindow) -> Layout {
        let parts = rect.splitTop(1)
        let needsBar = window.count > parts.rest.height && rect.width > 10
        let inner = needsBar ? parts.rest.splitRight(1).rest : parts.rest
        let bar = needsBar ? parts.rest.splitRight(1).right : .zero
        let fitted = TableFitting.fit(
            columns, skipped: skippedColumns, width: max(0, inner.width - 3), scrolls: scrollsColumns)
        var x = inner.x + 2
        let rects = fitted.map { _, width in
            defer { x += width + 1 }
            return Rect(x: x, y: rect.y, width: min(width, max(0, inner.right - x)), height: rect.height)
        }
        return Layout(
            body: inner, header: parts.top, scrollbar: bar, shown: fitted.map(\.0), rects: rects,
            offset: window.offset, count: window.count, hidesLeft: skippedColumns > 0,
            hidesRight: scrollsColumns && fitted.last?.0.id != columns.last?.id)
    }

    /// How many columns can be scrolled past in a table drawn in `rect` before the last one is in view.
    public func scrollLimit(in rect: Rect) -> Int { TableFitting.scrollLimit(columns, width: max(0, rect.width - 4)) }

    /// Draws it; `row` is asked for the rows in view.
    @discardableResult
    public func draw(
        on canvas: inout Canvas, in rect: Rect, look: Look, window: ListWindow, row: (Int) -> TableRow
    ) -> Layout {
        let layout = layout(in: rect, window: window)
        drawHeader(on: &canvas, layout, look)
        for line in 0..<layout.body.height {
            let index = window.offset + line
            guard index >= 0, index < window.count else { break }
            draw(row(index), isSelected: index == window.selected, on: &canvas, line: line, layout, look)
            if index == hovered, index != window.selected { hint(layout.body.row(line), on: &canvas, look) }
        }
        if !layout.scrollbar.isEmpty {
            Scrollbar(offset: window.offset, visible: layout.body.height, count: window.count)
                .draw(on: &canvas, in: layout.scrollbar, look: look)
        }
        return layout
    }

    /// A row that the mouse is over.
    private func hint(_ row: Rect, on canvas: inout Canvas, _ look: Look) {
        canvas.set(look.glyphs.pointer, at: row.origin, style: look[.faint])
        canvas.restyle(row) { $0.attributes.insert(.bold) }
    }

    private func drawHeader(on canvas: inout Canvas, _ layout: Layout, _ look: Look) {
        if layout.hidesLeft { canvas.set(look.glyphs.left, at: layout.header.origin, style: look[.accent]) }
        if layout.hidesRight {
            canvas.set(
                look.glyphs.right, at: Point(x: layout.body.right - 1, y: layout.header.y), style: look[.accent])
        }
        for (column, rect) in layout.columns where !rect.isEmpty {
            let sorted = sort?.column == column.id
            let style = sorted ? look[.accent] : look[.header]
            var text = column.title
            if sorted, let sort {
                text += String(sort.ascending ? look.glyphs.ascending : look.glyphs.descending)
            }
            let width = SafeText.width(text)
            // A sorted column whose title fills it gives up letters, never the mark.
            if width > rect.width, sorted, rect.width > 1 {
                text = String(column.title.prefix(rect.width - 1)) + String(text.suffix(1))
            }
            // Blanks before a title move it and are no part of it: nothing there is to be underlined.
            let blanks = text.prefix { $0 == " " }.count
            let x = rect.x + Self.indent(min(width, rect.width), in: rect.width, column.alignment) + blanks
            canvas.put(
                String(text.dropFirst(blanks)), at: Point(x: x, y: rect.y), style: style,
                maxWidth: rect.width - blanks, ellipsis: nil)
        }
    }

    private func draw(
        _ row: TableRow, isSelected: Bool, on canvas: inout Canvas, line: Int, _ layout: Layout, _ look: Look
    ) {
        let whole = layout.body.row(line)
        let selection = look[.selection]
        if isSelected, isFocused { canvas.tint(whole, selection.background) }
        if isSelected {
            let style = isFocused ? look[.accent].on(selection.background) : look[.muted]
            canvas.set(look.glyphs.pointer, at: whole.origin, style: style)
        }
        if row.isMarked {
            canvas.set(look.glyphs.mark, at: Point(x: whole.x + 1, y: whole.y), style: look[.marked])
        }
        for (column, rect) in layout.columns where !rect.isEmpty {
            guard let content = row.cells[column.id] else { continue }
            let place = Rect(x: rect.x, y: whole.y, width: rect.width, height: 1)
            switch content {
            case .text(let spans): draw(spans, in: place, column, on: &canvas, look)
            case .sparkline(let line): line.draw(on: &canvas, in: place)
            case .meter(let meter): meter.draw(on: &canvas, in: place, look: look)
            }
        }
        if isSelected, isFocused {
            canvas.restyle(whole) { $0.attributes.formUnion(selection.attributes) }
        }
    }

    private func draw(
        _ spans: [Span], in place: Rect, _ column: TableColumn, on canvas: inout Canvas, _ look: Look
    ) {
        let width = spans.reduce(0) { $0 + $1.width }
        let x = place.x + Self.indent(min(width, place.width), in: place.width, column.alignment)
        canvas.clipped(to: place) { canvas in
            canvas.put(spans, at: Point(x: x, y: place.y), maxWidth: place.width)
            if width > place.width, let last = spans.last {
                let end = Point(x: place.right - 1, y: place.y)
                canvas.set(look.glyphs.ellipsis, at: end, style: last.style)
            }
        }
    }

    private static func indent(_ width: Int, in room: Int, _ alignment: TableColumn.Alignment) -> Int {
        switch alignment {
        case .leading: 0
        case .center: max(0, (room - width) / 2)
        case .trailing: max(0, room - width)
        }
    }
}
