/// A question to the collector's history.
public struct HistoryQuery: Sendable, Hashable {
    /// Whose history.
    public enum Subject: Sendable, Hashable {
        case host
        case container(ContainerID)
    }

    /// A figure that is kept.
    public enum Metric: String, Sendable, Hashable, CaseIterable, Codable {
        /// Per cent of one core.
        case cpu
        /// Bytes.
        case memory
        /// Bytes per second.
        case receive, send, read, write
        /// Count.
        case pids
        /// Per cent stalled, `some`, ten-second average.
        case cpuPressure, memoryPressure, ioPressure
    }

    /// Whose history.
    public var subject: Subject
    /// Which figure.
    public var metric: Metric
    /// How far back from now.
    public var span: Duration
    /// How many points to return at most; more samples than that are merged by their maximum,
    /// so that a short peak stays visible.
    public var points: Int

    /// Makes a question.
    public init(subject: Subject, metric: Metric, span: Duration, points: Int) {
        self.subject = subject
        self.metric = metric
        self.span = span
        self.points = points
    }
}
