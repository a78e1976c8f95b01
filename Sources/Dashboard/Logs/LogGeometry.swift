import Engine
import Terminal

/// Where lines of a log come to stand on the screen: what scrolling and drawing agree upon.
struct LogGeometry: Sendable {
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
    /// Cells that the names of the logs take, and times; with the blanks behind them.
    var nameWidth = 0
    var timeWidth = 0
    /// Lines of JSON stand in columns.
    var columns: LogColumns?
    /// Lines under which a tree is unfolded, or a mark.
    var unfolded: [LogKey: [LogTree.Row]] = [:]
    var marks: Set<LogKey> = []

    init(width: Int, height: Int, wraps: Bool) {
        self.width = max(1, width)
        self.height = max(0, height)
        self.wraps = wraps
    }

    /// The geometry of a log pane's frame.
    init(_ logs: LogState, in rect: Rect) {
        let names = logs.query.sources.count > 1 ? logs.query.sources.map { SafeText.width($0.name) }.max() ?? 0 : 0
        let nameWidth = names == 0 ? 0 : min(names, max(6, rect.width / 5)) + 1
        let timeWidth = LogTime(mode: logs.time, offset: 0, now: Timestamp(seconds: 0), hasDays: logs.hasDays).width
        self.init(width: rect.width - 4 - nameWidth - timeWidth, height: rect.height - 2, wraps: logs.wraps)
        self.nameWidth = nameWidth
        self.timeWidth = timeWidth
        columns = logs.showsColumns ? logs.columns : nil
        unfolded = logs.unfolded
        marks = Set(logs.marks.map(\.key))
    }

    /// Rows are counted without colours.
    private static let bare = Look(theme: .plain, glyphs: .unicode)

    /// How many rows a line takes.
    func rows(of line: LogWindow.Line) -> Int {
        var rows = textRows(of: line)
        if !unfolded.isEmpty { rows += unfolded[line.key]?.count ?? 0 }
        if !marks.isEmpty, marks.contains(line.key) { rows += 1 }
        return rows
    }

    private func textRows(of line: LogWindow.Line) -> Int {
        guard wraps else { return 1 }
        if let columns, let glyphs = columns.glyphs(line.bytes, Self.bare) {
            return LogText.rows(glyphs, width: width).count
        }
        guard line.bytes.count > width else { return 1 }
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

    /// The last line of which something is seen from `position` on.
    func lastVisible(from position: Position, _ lines: [LogWindow.Line]) -> Int {
        max(0, moved(position, by: max(0, height - 1), lines).line)
    }
}
