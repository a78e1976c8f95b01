/// Lines of tab-separated cells in aligned columns, by the rules of docker's tab writer: a column is as wide as
/// its widest cell and three spaces, at least ten; the last cell of a line stands free.
enum TextTable {
    /// The aligned lines, each ended by a newline.
    static func render(_ lines: [String], minimumWidth: Int = 10, padding: Int = 3) -> String {
        let rows = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.dropLast().enumerated() {
                let width = max(minimumWidth, cell.count + padding)
                if column < widths.count { widths[column] = max(widths[column], width) } else { widths.append(width) }
            }
        }
        var out = ""
        for row in rows {
            for (column, cell) in row.enumerated() {
                out += cell
                guard column + 1 < row.count else { continue }
                out += String(repeating: " ", count: widths[column] - cell.count)
            }
            out += "\n"
        }
        return out
    }
}
