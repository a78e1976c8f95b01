/// A container's cgroup limits (runtime-spec, config-linux.md, "Control groups").
public struct LinuxResources: Sendable, Hashable, Codable {
    /// Limits on memory.
    public var memory: Memory?
    /// Limits on processor time.
    public var cpu: CPU?
    /// The limit on processes.
    public var pids: Pids?
    /// Which devices it may use.
    public var devices: [LinuxDeviceCgroup]?
    /// Limits on block devices.
    public var blockIO: BlockIO?
    /// Limits on huge pages, one a page size.
    public var hugepageLimits: [HugepageLimit]?
    /// Class and priorities of network traffic.
    public var network: Network?
    /// Limits on RDMA handles and objects, by device.
    public var rdma: [String: RDMA]?
    /// Files of the cgroup v2 directory and what is written to them.
    public var unified: [String: String]?

    /// Makes limits.
    public init(
        memory: Memory? = nil, cpu: CPU? = nil, pids: Pids? = nil, devices: [LinuxDeviceCgroup]? = nil,
        blockIO: BlockIO? = nil, hugepageLimits: [HugepageLimit]? = nil, network: Network? = nil,
        rdma: [String: RDMA]? = nil, unified: [String: String]? = nil
    ) {
        self.memory = memory
        self.cpu = cpu
        self.pids = pids
        self.devices = devices
        self.blockIO = blockIO
        self.hugepageLimits = hugepageLimits
        self.network = network
        self.rdma = rdma
        self.unified = unified
    }

    /// Bytes; -1 is unlimited.
    public struct Memory: Sendable, Hashable, Codable {
        /// The most memory.
        public var limit: Int64?
        /// What is left to it under pressure.
        public var reservation: Int64?
        /// Memory and swap together.
        public var swap: Int64?
        /// Deprecated: the kernel's memory for it.
        public var kernel: Int64?
        /// Buffers of TCP (cgroup v1).
        public var kernelTCP: Int64?
        /// 0 to 100: how readily its memory is swapped (cgroup v1).
        public var swappiness: UInt64?
        /// Out of memory it waits instead of being killed (cgroup v1).
        public var disableOOMKiller: Bool?
        /// Deprecated: limits count for cgroups below too.
        public var useHierarchy: Bool?
        /// Refuse a limit below what is in use.
        public var checkBeforeUpdate: Bool?

        /// Makes memory limits.
        public init(
            limit: Int64? = nil, reservation: Int64? = nil, swap: Int64? = nil, kernel: Int64? = nil,
            kernelTCP: Int64? = nil, swappiness: UInt64? = nil, disableOOMKiller: Bool? = nil,
            useHierarchy: Bool? = nil, checkBeforeUpdate: Bool? = nil
        ) {
            self.limit = limit
            self.reservation = reservation
            self.swap = swap
            self.kernel = kernel
            self.kernelTCP = kernelTCP
            self.swappiness = swappiness
            self.disableOOMKiller = disableOOMKiller
            self.useHierarchy = useHierarchy
            self.checkBeforeUpdate = checkBeforeUpdate
        }
    }

    /// Processor time.
    public struct CPU: Sendable, Hashable, Codable {
        /// Relative weight.
        public var shares: UInt64?
        /// Microseconds in each period.
        public var quota: Int64?
        /// Microseconds that may be saved up for bursts.
        public var burst: UInt64?
        /// Microseconds.
        public var period: UInt64?
        /// Microseconds in each real-time period (cgroup v1).
        public var realtimeRuntime: Int64?
        /// Microseconds (cgroup v1).
        public var realtimePeriod: UInt64?
        /// Processors it may use, as `0-2,4`.
        public var cpus: String?
        /// Memory nodes it may use.
        public var mems: String?
        /// 1: runs only when nothing else would.
        public var idle: Int64?

        /// Makes processor limits.
        public init(
            shares: UInt64? = nil, quota: Int64? = nil, burst: UInt64? = nil, period: UInt64? = nil,
            realtimeRuntime: Int64? = nil, realtimePeriod: UInt64? = nil, cpus: String? = nil, mems: String? = nil,
            idle: Int64? = nil
        ) {
            self.shares = shares
            self.quota = quota
            self.burst = burst
            self.period = period
            self.realtimeRuntime = realtimeRuntime
            self.realtimePeriod = realtimePeriod
            self.cpus = cpus
            self.mems = mems
            self.idle = idle
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
