import Terminal

/// A line of a terminal's screen, or one that has scrolled away: its cells without the blanks at its end.
public struct ScreenLine: Hashable, Sendable {
    /// From the left; a wide character is followed by its right half.
    public private(set) var cells: [Cell]
    /// Its last column is taken: what follows on the next line most likely belongs to it.
    public private(set) var isFull: Bool

    /// Nothing.
    public static let empty = ScreenLine([], width: 1)

    /// A line of a screen of `width` columns.
    public init(_ cells: [Cell], width: Int) {
        let end = cells.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? 0
        isFull = end >= width
        self.cells = end == cells.count ? cells : Array(cells[..<end])
    }

    /// The text from one column to another, which is not taken; blanks at the line's end are left out.
    public func text(from start: Int = 0, to end: Int = .max) -> String {
        var text = String.UnicodeScalarView()
        for column in max(0, start)..<max(max(0, start), min(end, cells.count)) {
            text.append(contentsOf: cells[column].scalars)
        }
        while end >= cells.count, text.last == " " { text.removeLast() }
        return String(text)
    }
}
