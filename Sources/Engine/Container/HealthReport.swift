/// What is known of a container's health.
public struct HealthReport: Sendable, Hashable, Codable {
    /// What came of one probe.
    public struct Result: Sendable, Hashable, Codable {
        /// When it began.
        public var startedAt: Timestamp
        /// When it ended.
        public var finishedAt: Timestamp
        /// 0 is healthy; -1 when it could not be run or took too long.
        public var exitCode: Int32
        /// What it printed, at most 4 KiB, and words about what went wrong with it.
        public var output: String

        /// Makes a result.
        public init(startedAt: Timestamp, finishedAt: Timestamp, exitCode: Int32, output: String) {
            self.startedAt = startedAt
            self.finishedAt = finishedAt
            self.exitCode = exitCode
            self.output = output
        }
    }

    /// The present state.
    public var status: ContainerHealth
    /// Failures since the last success.
    public var failingStreak: Int
    /// The newest five results, the oldest first.
    public var log: [Result]

    /// Makes a report.
    public init(status: ContainerHealth, failingStreak: Int = 0, log: [Result] = []) {
        self.status = status
        self.failingStreak = failingStreak
        self.log = log
    }
}
