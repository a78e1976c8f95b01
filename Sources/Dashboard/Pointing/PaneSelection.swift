import Terminal

/// Text that is being selected with the mouse within one pane: from a cell to a cell, row by row, never across its frame.
struct PaneSelection: Sendable, Hashable {
    /// The room inside the pane's frame.
    var room: Rect
    /// Where the button went down, and where the pointer is.
    var anchor: Point
    var head: Point

    init(_ room: Rect, at point: Point) {
        self.room = room
        anchor = Self.clamped(point, room)
        head = anchor
    }

    mutating func drag(to point: Point) { head = Self.clamped(point, room) }

    /// A mere click selects nothing.
    var isEmpty: Bool { anchor == head }

    /// One rectangle of a single row for each row that is selected.
    var rows: [Rect] {
        guard !room.isEmpty, !isEmpty else { return [] }
        let isForward = (anchor.y, anchor.x) < (head.y, head.x)
        let (start, end) = isForward ? (anchor, head) : (head, anchor)
        return (start.y...end.y).map { y in
            let left = y == start.y ? start.x : room.x
            let right = y == end.y ? end.x + 1 : room.right
            return Rect(x: left, y: y, width: right - left, height: 1)
        }
    }

    /// What stands there, without the blanks at the ends of rows.
    func text(on canvas: Canvas) -> String {
        rows.map { row in
            var line = String.UnicodeScalarView()
            for x in row.x..<row.right { line.append(contentsOf: canvas[Point(x: x, y: row.y)].scalars) }
            while line.last == " " { line.removeLast() }
            return String(line)
        }.joined(separator: "\n")
    }

    /// Shows it.
    func paint(on canvas: inout Canvas) {
        for row in rows { canvas.restyle(row) { $0.attributes.formSymmetricDifference(.reverse) } }
    }

    private static func clamped(_ point: Point, _ room: Rect) -> Point {
        Point(
            x: min(max(point.x, room.x), max(room.x, room.right - 1)),
            y: min(max(point.y, room.y), max(room.y, room.bottom - 1)))
    }
}
