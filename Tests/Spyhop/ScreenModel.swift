/// The few controls that painted progress uses, carried out on a grid: what a person would see.
struct ScreenModel {
    private var rows: [[Unicode.Scalar]]
    private(set) var isCursorShown = true
    /// Lines that have left at the top.
    private(set) var above: [String] = []
    private var row = 0
    private var column = 0
    private let columns: Int

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = Array(repeating: [], count: rows)
    }

    mutating func write(_ text: String) {
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1b}":
                rest = rest.dropFirst()
                let digits = rest.prefix { $0 == "?" || ("0"..."9").contains($0) }
                rest = rest.dropFirst(digits.count)
                obey(String(digits), rest.popFirst())
            case "\r": column = 0
            case "\n": feed()
            default:
                if column == columns { feed() }
                while rows[row].count <= column { rows[row].append(" ") }
                rows[row][column] = scalar
                column += 1
            }
        }
    }

    /// All that was ever written, without empty lines at the end.
    var text: [String] {
        var all = above + rows.map(Self.text)
        while all.last?.isEmpty == true { all.removeLast() }
        return all
    }

    private static func text(_ row: [Unicode.Scalar]) -> String {
        String(String.UnicodeScalarView(row))
    }

    private mutating func feed() {
        column = 0
        row += 1
        guard row == rows.count else { return }
        above.append(Self.text(rows.removeFirst()))
        rows.append([])
        row -= 1
    }

    private mutating func obey(_ parameter: String, _ final: Unicode.Scalar?) {
        switch (parameter, final) {
        case ("?25", "l"): isCursorShown = false
        case ("?25", "h"): isCursorShown = true
        case (let count, "A"): row = max(0, row - (Int(count) ?? 1))
        case ("", "K"): rows[row] = Array(rows[row].prefix(column))
        case ("", "J"):
            rows[row] = Array(rows[row].prefix(column))
            for below in rows.indices.dropFirst(row + 1) { rows[below] = [] }
        default: rows[row] += "<\(parameter)\(final.map(String.init) ?? "")>".unicodeScalars
        }
    }
}
