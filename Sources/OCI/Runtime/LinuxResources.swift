/// A container's cgroup limits (runtime-spec, config-linux.md, "Control groups").
public struct LinuxResources: Sendable, Hashable, Codable {
    /// Limits on memory.
    public var memory: Memory?
    /// Limits on processor time.
    public var cpu: CPU?
    /// The limit on processes.
    public var pids: Pids?

    /// Makes limits.
    public init(memory: Memory? = nil, cpu: CPU? = nil, pids: Pids? = nil) {
        self.memory = memory
        self.cpu = cpu
        self.pids = pids
    }

    /// Bytes; -1 is unlimited.
    public struct Memory: Sendable, Hashable, Codable {
        /// The most memory.
        public var limit: Int64?
        /// What is left to it under pressure.
        public var reservation: Int64?
        /// Memory and swap together.
        public var swap: Int64?

        /// Makes memory limits.
        public init(limit: Int64? = nil, reservation: Int64? = nil, swap: Int64? = nil) {
            self.limit = limit
            self.reservation = reservation
            self.swap = swap
        }
    }

    /// Processor time.
    public struct CPU: Sendable, Hashable, Codable {
        /// Relative weight.
        public var shares: UInt64?
        /// Microseconds in each period.
        public var quota: Int64?
        /// Microseconds.
        public var period: UInt64?
        /// Processors it may use, as `0-2,4`.
        public var cpus: String?
        /// Memory nodes it may use.
        public var mems: String?

        /// Makes processor limits.
        public init(
            shares: UInt64? = nil, quota: Int64? = nil, period: UInt64? = nil, cpus: String? = nil, mems: String? = nil
        ) {
            self.shares = shares
            self.quota = quota
            self.period = period
            self.cpus = cpus
            self.mems = mems
        }
    }

    /// Processes and threads.
    public struct Pids: Sendable, Hashable, Codable {
        /// -1 is unlimited.
        public var limit: Int64

        /// Makes a limit.
        public init(limit: Int64) { self.limit = limit }
    }
}
