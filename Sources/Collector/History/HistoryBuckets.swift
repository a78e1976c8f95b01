import Engine

/// Evenly spaced points over a span, each the maximum of what falls into it.
///
/// The borders between points are fixed in absolute time, also where a second is wider than a point or a point no whole
/// number of seconds: a value stays in its point from frame to frame, a graph moves on instead of flickering, and
/// it fills the room it has.
struct HistoryBuckets: Hashable {
    /// Seconds that are told apart: single ones, or where old figures come in whole periods, such periods.
    private let unit: Int64
    /// Units in the span.
    private let units: Int64
    private let points: Int64
    /// The number of the oldest point since the epoch.
    let first: Int64
    private(set) var values: [Double?]

    /// More than a screen or a report can show.
    private static let mostPoints: Int64 = 1 << 16

    /// - Parameter now: the newest second; the last point is the one that holds it.
    init(now: Int64, query: HistoryQuery) {
        let (seconds, fraction) = query.span.components
        let span = min(max(1, seconds + (fraction > 0 ? 1 : 0)), HistoryLayout.coarseSpan)
        points = min(Int64(max(0, query.points)), Self.mostPoints)
        // A point that held a part of a period would change its value with age.
        unit = span > HistoryLayout.fineSpan ? HistoryLayout.period : 1
        units = max(1, span / unit)
        values = Array(repeating: nil, count: Int(points))
        first = Self.range(of: max(0, now) / unit, points, units).upperBound - points
    }

    /// The points, counted since the epoch, that hold a unit: one, or several where a unit is wider than a point.
    private static func range(of number: Int64, _ points: Int64, _ units: Int64) -> Range<Int64> {
        let start = number * points / units
        return start..<max(start + 1, (number + 1) * points / units)
    }

    /// The oldest second that a point holds.
    var firstSecond: Int64 { points > 0 ? max(0, first) * units / points * unit : .max }

    /// Counts a value of a second in; what is outside the span or no number is passed over.
    mutating func add(_ value: Float, at second: Int64) {
        guard second >= 0, second < 1 << 40, points > 0, value.isFinite, value >= 0 else { return }
        let new = Double(value)
        for point in Self.range(of: second / unit, points, units) where point >= first && point - first < points {
            let index = Int(point - first)
            values[index] = max(values[index] ?? new, new)
        }
    }
}
