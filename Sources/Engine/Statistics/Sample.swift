/// Counters of one container at one moment, as the kernel gives them. Two samples make rates (room Collector).
public struct Sample: Sendable, Hashable, Codable {
    /// Nanoseconds of CPU time.
    public struct CPU: Sendable, Hashable, Codable {
        public var total: UInt64 = 0
        public var user: UInt64 = 0
        public var system: UInt64 = 0
        /// Periods in which the quota held the container back, and for how long.
        public var throttledPeriods: UInt64 = 0
        public var throttled: UInt64 = 0
        public init() {}
    }

    /// Bytes.
    public struct Memory: Sendable, Hashable, Codable {
        /// In use: current less inactive file pages, the figure `docker stats` shows.
        public var inUse: UInt64 = 0
        /// All that the cgroup is charged for.
        public var current: UInt64 = 0
        /// Page cache.
        public var file: UInt64 = 0
        public var anonymous: UInt64 = 0
        /// The limit; `nil` when there is none.
        public var limit: UInt64?
        /// Times the OOM killer ran in the cgroup.
        public var oomKills: UInt64 = 0
        public init() {}
    }

    /// Totals since the cgroup was made, over all devices.
    public struct BlockIO: Sendable, Hashable, Codable {
        public var readBytes: UInt64 = 0
        public var writtenBytes: UInt64 = 0
        public var reads: UInt64 = 0
        public var writes: UInt64 = 0
        public init() {}
    }

    /// Totals of one interface, loopback left out.
    public struct Interface: Sendable, Hashable, Codable {
        public var name: String
        public var receivedBytes: UInt64
        public var sentBytes: UInt64
        public var receivedPackets: UInt64
        public var sentPackets: UInt64
        /// Makes an interface's totals.
        public init(
            name: String, receivedBytes: UInt64, sentBytes: UInt64, receivedPackets: UInt64, sentPackets: UInt64
        ) {
            self.name = name
            self.receivedBytes = receivedBytes
            self.sentBytes = sentBytes
            self.receivedPackets = receivedPackets
            self.sentPackets = sentPackets
        }
    }

    /// Pressure stall averages over ten seconds, in per cent (kernel: Documentation/accounting/psi.rst).
    public struct Pressure: Sendable, Hashable, Codable {
        public var cpuSome: Double = 0
        public var memorySome: Double = 0
        public var memoryFull: Double = 0
        public var ioSome: Double = 0
        public var ioFull: Double = 0
        public init() {}
    }

    public var time: Timestamp
    public var cpu = CPU()
    public var memory = Memory()
    public var pids: UInt64 = 0
    public var pidsLimit: UInt64?
    public var io = BlockIO()
    public var interfaces: [Interface] = []
    /// `nil` where the kernel keeps no pressure for cgroups.
    public var pressure: Pressure?

    /// An empty sample taken at `time`.
    public init(time: Timestamp) { self.time = time }
}
