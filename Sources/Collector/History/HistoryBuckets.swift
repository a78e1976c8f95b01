import Engine

/// Evenly spaced points over a span, each the maximum of what falls into it.
struct HistoryBuckets: Hashable {
    let grid: HistoryGrid
    private(set) var values: [Double?]

    /// - Parameter now: the newest second; the last point is the one that holds it.
    init(now: Int64, query: HistoryQuery) {
        grid = HistoryGrid(now: now, span: query.span, points: query.points)
        values = Array(repeating: nil, count: grid.count)
    }

    /// Counts a value of a second in; what is outside the span or no number is passed over.
    mutating func add(_ value: Float, at second: Int64) {
        guard value.isFinite, value >= 0 else { return }
        let new = Double(value)
        for place in grid.places(of: second) { values[place] = max(values[place] ?? new, new) }
    }
}
