/// A question to the collector's history.
public struct HistoryQuery: Sendable, Hashable {
    /// Whose history.
    public enum Subject: Sendable, Hashable {
        case host
        case container(ContainerID)
    }

    /// A figure that is kept.
    public enum Metric: Sendable, Hashable, Codable {
        /// Per cent of one core.
        case cpu
        /// Per cent of one core, in programs and in the kernel.
        case cpuUser, cpuSystem
        /// Per cent of the core with this number; an hour of what was asked for, in memory only.
        case core(Int)
        /// Per cent of the time, and of the quota's periods, in which it was held back.
        case throttled, throttledPeriods
        /// Bytes.
        case memory
        /// Bytes by kind; `slab` is a part of `kernel`, `shared` one of `file`.
        case anonymous, file, kernel, slab, shared
        /// Bytes in swap space.
        case swap
        /// Bytes: the cgroup's own limit at that time.
        case memoryLimit
        /// How often the OOM killer ran.
        case oomKills
        /// Bytes per second.
        case receive, send, read, write
        /// Count.
        case pids
        /// Per cent stalled, `some`, ten-second average.
        case cpuPressure, memoryPressure, ioPressure
        /// Per cent stalled, `full`, ten-second average.
        case cpuPressureFull, memoryPressureFull, ioPressureFull
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
