/// Decides which columns are shown, and how wide.
enum TableFitting {
    /// The columns that fit into `width` with one blank between two, and their widths.
    ///
    /// - Parameters:
    ///   - scrolls: what does not fit is cut off at the right; otherwise the most dispensable ones are left out.
    static func fit(
        _ columns: [TableColumn], skipped: Int, width: Int, scrolls: Bool = false
    ) -> [(TableColumn, Int)] {
        guard let first = columns.first else { return [] }
        var shown = [first] + columns.dropFirst(1 + skipped)
        if scrolls {
            // At least one column stands beside the first, cut as it may be.
            while shown.count > 2, needed(shown) > width { shown.removeLast() }
        } else {
            while needed(shown) > width, let number = mostDispensable(shown) {
                shown.removeAll { $0.dispensability == number }
            }
        }
        var widths = shown.map(\.minimum)
        var left = width - needed(shown)
        if scrolls, left < 0, let last = widths.indices.last { widths[last] = max(1, widths[last] + left) }
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

    /// How many columns can be scrolled past before the last one is in view.
    static func scrollLimit(_ columns: [TableColumn], width: Int) -> Int {
        guard let first = columns.first else { return 0 }
        var room = width - first.minimum
        var count = 0
        for column in columns.dropFirst().reversed() {
            room -= column.minimum + 1
            guard room >= 0 else { break }
            count += 1
        }
        return max(0, columns.count - 1 - max(1, count))
    }

    private static func needed(_ columns: [TableColumn]) -> Int {
        columns.reduce(0) { $0 + $1.minimum } + max(0, columns.count - 1)
    }

    private static func mostDispensable(_ columns: [TableColumn]) -> Int? {
        let highest = columns.map(\.dispensability).max() ?? 0
        return highest > 0 ? highest : nil
    }
}
