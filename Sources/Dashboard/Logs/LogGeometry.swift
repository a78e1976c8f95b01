import Terminal

/// Where lines of a log come to stand on the screen: what scrolling and drawing agree upon.
struct LogGeometry: Sendable, Hashable {
    /// A row of a line, the line by its place in the window.
    struct Position: Sendable, Hashable, Comparable {
        var line: Int
        var row: Int

        static func < (left: Position, right: Position) -> Bool { (left.line, left.row) < (right.line, right.row) }
    }

    /// Cells for the text of a line.
    var width: Int
    /// Rows.
    var height: Int
    var wraps: Bool

    /// Cells that a time takes, with the blank behind it.
    static let timeWidth = 13

    init(width: Int, height: Int, wraps: Bool) {
        self.width = max(1, width)
        self.height = max(0, height)
        self.wraps = wraps
    }

    /// The geometry of a log pane's frame.
    init(_ logs: LogState, in rect: Rect) {
        self.init(
            width: rect.width - 4 - (logs.showsTime ? Self.timeWidth : 0), height: rect.height - 2, wraps: logs.wraps)
    }

    /// How many rows a line takes.
    func rows(of line: LogWindow.Line) -> Int {
        guard wraps, line.bytes.count > width else { return 1 }
        return LogText.rowCount(line.bytes, width: width)
    }

    /// The topmost position at which the last line still ends at the lower edge.
    func bottomPosition(_ lines: [LogWindow.Line]) -> Position {
        var free = height
        var index = lines.count
        while index > 0 {
            let rows = rows(of: lines[index - 1])
            if rows >= free { return Position(line: index - 1, row: rows - free) }
            free -= rows
            index -= 1
        }
        return Position(line: 0, row: 0)
    }

    /// A position `step` rows further down (or up), within the lines.
    func moved(_ position: Position, by step: Int, _ lines: [LogWindow.Line]) -> Position {
        guard !lines.isEmpty else { return Position(line: 0, row: 0) }
        var line = min(max(0, position.line), lines.count - 1)
        var row = min(max(0, position.row), rows(of: lines[line]) - 1)
        var left = step
        while left > 0 {
            let below = rows(of: lines[line]) - 1 - row
            if left <= below { return Position(line: line, row: row + left) }
            guard line + 1 < lines.count else { return Position(line: line, row: row + below) }
            left -= below + 1
            line += 1
            row = 0
        }
        while left < 0 {
            if -left <= row { return Position(line: line, row: row + left) }
            guard line > 0 else { return Position(line: 0, row: 0) }
            left += row + 1
            line -= 1
            row = rows(of: lines[line]) - 1
        }
        return Position(line: line, row: row)
    }
}
