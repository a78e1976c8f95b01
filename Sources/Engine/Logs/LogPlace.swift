/// Where a line begins in a container's log: later lines have greater places, and a line keeps its place when the log is
/// rotated.
public struct LogPlace: Sendable, Hashable, Comparable {
    /// Which part of the log it is in, by the part's first moment in nanoseconds.
    public var part: Int64
    /// How far from the part's beginning, in whatever the engine counts.
    public var offset: Int64

    /// Makes a place.
    public init(part: Int64, offset: Int64) {
        self.part = part
        self.offset = offset
    }

    /// Whether `left` comes before `right`.
    public static func < (left: LogPlace, right: LogPlace) -> Bool {
        (left.part, left.offset) < (right.part, right.offset)
    }
}
