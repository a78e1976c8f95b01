/// A moment in nanoseconds since the Unix epoch, UTC.
///
/// Logs and events carry nanoseconds, which `Double`-based dates lose; and this room stays free of Foundation.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public var nanoseconds: Int64

    /// A moment from nanoseconds since the epoch.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// A moment from whole seconds since the epoch.
    public init(seconds: Int64) { self.nanoseconds = seconds &* 1_000_000_000 }

    /// Whole seconds since the epoch, rounded down.
    public var seconds: Int64 { Int64((Double(nanoseconds) / 1e9).rounded(.down)) }

    /// Whether `left` comes before `right`.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The time from `other` to this moment.
    public func since(_ other: Timestamp) -> Duration {
        // A clock or a record may be wrong by any amount: the difference then stays at the furthest that there is.
        let (difference, isTooFar) = nanoseconds.subtractingReportingOverflow(other.nanoseconds)
        return .nanoseconds(isTooFar ? (nanoseconds < 0 ? .min : .max) : difference)
    }

    /// The moment `duration` later.
    public func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let (whole, isFar) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isFarther) = nanoseconds.addingReportingOverflow(whole)
        let (end, isFarthest) = sum.addingReportingOverflow(attoseconds / 1_000_000_000)
        return Timestamp(nanoseconds: isFar || isFarther || isFarthest ? (seconds < 0 ? .min : .max) : end)
    }
}
