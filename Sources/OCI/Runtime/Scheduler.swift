/// How the kernel schedules the process (runtime-spec, config.md, "scheduler"; sched_setattr(2)).
public struct Scheduler: Sendable, Hashable, Codable {
    /// `SCHED_OTHER` and the like.
    public var policy: String
    /// For `SCHED_OTHER` and `SCHED_BATCH`, -20 to 19.
    public var nice: Int32?
    /// For `SCHED_FIFO` and `SCHED_RR`, 1 to 99.
    public var priority: Int32?
    /// `SCHED_FLAG_RESET_ON_FORK` and the like.
    public var flags: [String]?
    /// For `SCHED_DEADLINE`: nanoseconds of each period.
    public var runtime: UInt64?
    /// For `SCHED_DEADLINE`: nanoseconds until it must be done.
    public var deadline: UInt64?
    /// For `SCHED_DEADLINE`: nanoseconds.
    public var period: UInt64?

    /// Makes a policy.
    public init(
        policy: String, nice: Int32? = nil, priority: Int32? = nil, flags: [String]? = nil, runtime: UInt64? = nil,
        deadline: UInt64? = nil, period: UInt64? = nil
    ) {
        self.policy = policy
        self.nice = nice
        self.priority = priority
        self.flags = flags
        self.runtime = runtime
        self.deadline = deadline
        self.period = period
    }
}
