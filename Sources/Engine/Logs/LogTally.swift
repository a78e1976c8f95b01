/// How many lines of a log are meant, as far as it has been looked through.
public struct LogTally: Sendable, Hashable {
    /// A stretch of the log.
    public struct Block: Sendable, Hashable {
        /// Where it begins.
        public var place: LogPlace
        /// How many of its lines are meant.
        public var matches: Int

        /// Makes a block.
        public init(place: LogPlace, matches: Int) {
            self.place = place
            self.matches = matches
        }
    }

    /// How many lines are meant.
    public var matches = 0
    /// Lines on which a pattern was given up, because it tried too much.
    public var exhausted = 0
    /// How much of the log has been looked through, from 0 to 1.
    public var fraction = 0.0
    /// The stretches, oldest first: with them the number of a single match is counted at once.
    public var blocks: [Block] = []

    /// Makes an empty tally.
    public init() {}
}

/// Told while a log is looked through, from 0 to 1; called on any thread.
public typealias LogProgress = @Sendable (Double) -> Void
