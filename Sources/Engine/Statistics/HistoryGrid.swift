/// Which seconds the points of a kept history stand for.
///
/// The borders between points are fixed in absolute time, also where a second is wider than a point or a point no whole
/// number of seconds: a value stays in its point from frame to frame, a graph moves on instead of flickering, and
/// it fills the room it has.
public struct HistoryGrid: Sendable, Hashable {
    /// Seconds kept one by one; older figures come in whole periods.
    public static let fineSpan: Int64 = 3600
    /// Seconds kept at all.
    public static let longestSpan: Int64 = 86_400
    /// Seconds that older figures are merged over.
    public static let period: Int64 = 30

    /// Seconds that are told apart: single ones, or where old figures come in whole periods, such periods.
    private let unit: Int64
    /// Units in the span.
    private let units: Int64
    /// How many points there are.
    public let count: Int
    /// The number of the oldest point since the epoch.
    public let first: Int64

    /// More than a screen or a report can show.
    private static let mostPoints: Int64 = 1 << 16

    /// - Parameter now: the newest second; the last point is the one that holds it.
    public init(now: Int64, span: Duration, points wanted: Int) {
        let (seconds, fraction) = span.components
        let span = min(max(1, seconds + (fraction > 0 ? 1 : 0)), Self.longestSpan)
        let points = min(Int64(max(0, wanted)), Self.mostPoints)
        count = Int(points)
        // A point that held a part of a period would change its value with age.
        unit = span > Self.fineSpan ? Self.period : 1
        units = max(1, span / unit)
        first = Self.range(of: max(0, now) / unit, points, units).upperBound - points
    }

    /// The points, counted since the epoch, that hold a unit: one, or several where a unit is wider than a point.
    private static func range(of number: Int64, _ points: Int64, _ units: Int64) -> Range<Int64> {
        let start = number * points / units
        return start..<max(start + 1, (number + 1) * points / units)
    }

    /// The oldest second that a point holds.
    public var firstSecond: Int64 { count > 0 ? max(0, first) * units / Int64(count) * unit : .max }

    /// The points that hold a second, by their place among the answers; empty outside the span.
    public func places(of second: Int64) -> Range<Int> {
        guard second >= 0, second < 1 << 40, count > 0 else { return 0..<0 }
        let points = Self.range(of: second / unit, Int64(count), units)
        let low = max(0, points.lowerBound - first)
        let high = min(Int64(count), points.upperBound - first)
        return low < high ? Int(low)..<Int(high) : 0..<0
    }

    /// The newest second that the point at a place holds.
    public func second(at place: Int) -> Int64 {
        guard count > 0 else { return 0 }
        let point = max(0, first + Int64(min(max(0, place), count - 1)))
        // The last unit that begins in this point or, where a unit is wider, reaches into it.
        let last = ((point + 1) * units + Int64(count) - 1) / Int64(count) - 1
        return last * unit + unit - 1
    }
}
