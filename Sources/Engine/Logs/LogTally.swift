/// How many lines of a log are meant, as far as it has been looked through.
public struct LogTally: Sendable, Hashable {
    /// How many lines are meant.
    public var matches = 0
    /// Lines on which a pattern was given up, because it tried too much.
    public var exhausted = 0
    /// How much of the log has been looked through, from 0 to 1.
    public var fraction = 0.0

    /// Makes an empty tally.
    public init() {}
}

/// Told while a log is looked through, from 0 to 1; called on any thread.
public typealias LogProgress = @Sendable (Double) -> Void
