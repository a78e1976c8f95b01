/// Decides which columns are shown, and how wide.
enum TableFitting {
    /// The columns that fit into `width` with one blank between two, and their widths.
    static func fit(_ columns: [TableColumn], skipped: Int, width: Int) -> [(TableColumn, Int)] {
        guard let first = columns.first else { return [] }
        var shown = [first] + columns.dropFirst(1 + skipped)
        while needed(shown) > width, let number = mostDispensable(shown) {
            shown.removeAll { $0.dispensability == number }
        }
        var widths = shown.map(\.minimum)
        var left = width - needed(shown)
        for (i, column) in shown.enumerated() where left > 0 {
            let more = min(left, column.ideal - column.minimum)
            widths[i] += more
            left -= more
        }
        var weight = shown.reduce(0) { $0 + $1.flex }
        for (i, column) in shown.enumerated() where column.flex > 0 && left > 0 && weight > 0 {
            let more = left * column.flex / weight
            widths[i] += more
            left -= more
            weight -= column.flex
        }
        return Array(zip(shown, widths))
    }

    private static func needed(_ columns: [TableColumn]) -> Int {
        columns.reduce(0) { $0 + $1.minimum } + max(0, columns.count - 1)
    }

    private static func mostDispensable(_ columns: [TableColumn]) -> Int? {
        let highest = columns.map(\.dispensability).max() ?? 0
        return highest > 0 ? highest : nil
    }
}
