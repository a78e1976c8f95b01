import Engine

/// Evenly spaced points over a span, each the maximum of what falls into it.
///
/// The borders between points are multiples of the width in absolute time, so a value stays in its point from frame to
/// frame and a graph moves on instead of flickering.
struct HistoryBuckets: Hashable {
    /// Seconds a point stands for.
    let width: Int64
    /// The number of the oldest point: its first second over the width.
    let first: Int64
    private(set) var values: [Double?]

    /// More than a screen or a report can show.
    private static let mostPoints: Int64 = 1 << 16

    /// - Parameter now: the newest second; the last point is the one that holds it.
    init(now: Int64, query: HistoryQuery) {
        let (seconds, fraction) = query.span.components
        let span = min(max(1, seconds + (fraction > 0 ? 1 : 0)), HistoryLayout.coarseSpan)
        let points = min(Int64(max(0, query.points)), Self.mostPoints)
        guard points > 0 else {
            (width, first, values) = (1, 0, [])
            return
        }
        var width = (span + points - 1) / points
        if span > HistoryLayout.fineSpan {
            // Old figures come in whole periods: then a point must hold whole ones, or its value would change with age.
            let period = HistoryLayout.period
            width = (width + period - 1) / period * period
        }
        let count = min(points, (span + width - 1) / width)
        self.width = width
        first = now / width - count + 1
        values = Array(repeating: nil, count: Int(count))
    }

    /// The oldest second that a point holds.
    var firstSecond: Int64 { first * width }

    /// Counts a value of a second in; what is outside the span or no number is passed over.
    mutating func add(_ value: Float, at second: Int64) {
        let index = second / width - first
        guard second >= 0, index >= 0, index < values.count, value.isFinite, value >= 0 else { return }
        let old = values[Int(index)]
        if old.map({ Double(value) > $0 }) ?? true { values[Int(index)] = Double(value) }
    }
}
