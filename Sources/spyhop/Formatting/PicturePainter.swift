import Engine
import Terminal

/// Paints lines over the ones that it painted before, by the few controls that every terminal knows (ECMA-48: CUU, EL, ED;
/// DECTCEM for the cursor).
struct PicturePainter: Sendable {
    private var drawn: [String] = []
    private var drawnColumns = 0
    private var hidesCursor = false

    /// What to write so that `settled` stands for good and `live` below it; empty when nothing has changed.
    mutating func frame(settled: [String], live: [String], size: TerminalSize) -> String {
        guard !settled.isEmpty || live != drawn else { return "" }
        var text = hidesCursor ? "" : "\u{1b}[?25l"
        hidesCursor = true
        text += moveUp(size) + Self.written(settled + live)
        drawn = live
        drawnColumns = size.columns
        return text
    }

    /// What to write in the end: `settled` stands in the place of the picture, and the cursor is back.
    mutating func end(settled: [String], size: TerminalSize) -> String {
        let text = moveUp(size) + Self.written(settled)
        let shown = hidesCursor ? "\u{1b}[?25h" : ""
        self = PicturePainter()
        return (settled.isEmpty && shown.isEmpty ? "" : text) + shown
    }

    /// To the first line of the picture. A terminal that has become narrower has broken its lines anew.
    private func moveUp(_ size: TerminalSize) -> String {
        guard !drawn.isEmpty else { return "" }
        var rows = drawn.count
        if size.columns < drawnColumns, size.columns > 0 {
            rows = drawn.reduce(0) { $0 + max(1, (Self.width($1) + size.columns - 1) / size.columns) }
        }
        return "\r\u{1b}[\(min(rows, max(1, size.rows - 1)))A"
    }

    /// The columns that a line takes; its colours (ECMA-48: SGR) take none.
    private static func width(_ line: String) -> Int {
        var plain = ""
        var rest = line[...]
        while let escape = rest.firstIndex(of: "\u{1b}") {
            plain += rest[..<escape]
            rest = rest[escape...].drop { $0 != "m" }.dropFirst()
        }
        return SafeText.width(plain + rest)
    }

    private static func written(_ lines: [String]) -> String {
        lines.map { "\($0)\u{1b}[K\n" }.joined() + "\u{1b}[J"
    }
}
