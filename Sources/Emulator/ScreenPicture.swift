import Terminal

/// What a terminal shows at one moment, and what has scrolled away: a value.
public struct ScreenPicture: Sendable {
    /// The cursor's shape.
    public enum CursorShape: Sendable, Hashable {
        /// A whole cell, a line beneath it, a bar at its left.
        case block, underline, bar
    }

    /// What of the mouse the program inside wants to hear.
    public enum MouseWish: Sendable, Hashable, Comparable {
        /// Nothing; presses and releases; also moves with a button down; all moves.
        case none, presses, drags, moves
    }

    /// Columns and rows.
    public var size: Size
    /// The screen, `size.height` lines.
    public var lines: [ScreenLine]
    /// Where the cursor is.
    public var cursor: Point
    /// The program wants it seen.
    public var isCursorVisible = true
    /// Its shape.
    public var cursorShape = CursorShape.block
    /// The program has the second screen, which has no lines that scroll away.
    public var isAlternate = false
    /// The program wants pasted text marked as such.
    public var wantsPasteMarks = false
    /// The mouse.
    public var mouse = MouseWish.none
    /// What the program calls the window, harmless and short; empty when it said nothing.
    public var title = ""
    /// How often it has rung the bell.
    public var bells = 0
    /// Lines above the screen.
    public var history: Scrollback

    /// An empty screen.
    public init(size: Size, history: Scrollback = Scrollback()) {
        self.size = size
        lines = Array(repeating: .empty, count: max(0, size.height))
        cursor = Point(x: 0, y: 0)
        self.history = history
    }

    /// Lines in all, with those that were dropped: the number of the line below the last one.
    public var end: Int { history.dropped + history.count + lines.count }

    /// The number of the first line that is still there, and of the screen's first.
    public var start: Int { history.dropped }
    /// The number of the screen's first line.
    public var screenStart: Int { history.dropped + history.count }

    /// A line by its number, which stays the same while lines scroll away; an empty one outside.
    public func line(_ number: Int) -> ScreenLine {
        let index = number - screenStart
        if index >= 0 { return index < lines.count ? lines[index] : .empty }
        return history[number - history.dropped]
    }

    /// A place in all that the terminal has shown.
    public struct Place: Sendable, Hashable, Comparable {
        /// A line's number, and a column.
        public var line: Int, column: Int

        /// A place.
        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        /// In reading order.
        public static func < (a: Place, b: Place) -> Bool { (a.line, a.column) < (b.line, b.column) }
    }

    /// The text from one place to another, both taken; a line that fills the screen's width runs on without a break.
    public func text(from first: Place, to last: Place) -> String {
        let (first, last) = first <= last ? (first, last) : (last, first)
        var text = ""
        let numbers = max(first.line, start)...max(max(first.line, start), min(last.line, end - 1))
        for number in numbers {
            let line = line(number)
            text += line.text(
                from: number == first.line ? first.column : 0, to: number == last.line ? last.column + 1 : .max)
            if number < numbers.upperBound, !line.isFull { text += "\n" }
        }
        return text
    }

    /// The text of a rectangle of columns.
    public func text(fromColumn first: Int, to last: Int, lines: ClosedRange<Int>) -> String {
        lines.clamped(to: start...max(start, end - 1)).map { number in
            line(number).text(from: min(first, last), to: max(first, last) + 1)
        }.joined(separator: "\n")
    }
}
