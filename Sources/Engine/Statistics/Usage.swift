/// What a container (or the host) uses per second: two samples' difference, ready to draw.
public struct Usage: Sendable, Hashable, Codable {
    /// When the later of the two samples was taken.
    public var time: Timestamp
    /// Per cent of one core: 100 is one core busy, 250 two and a half.
    public var cpu: Double = 0
    /// The part of `cpu` spent in programs.
    public var cpuUser: Double = 0
    /// The part of `cpu` spent in the kernel.
    public var cpuSystem: Double = 0
    /// Per cent of the time in which the quota held it back.
    public var cpuThrottled: Double = 0
    /// Per cent of the quota's periods in which it held the container back.
    public var throttledPeriods: Double = 0
    /// Per cent of each core, by its number; empty where the kernel does not tell, or nobody asked.
    public var cores: [Float] = []
    /// Bytes, as in `Sample.Memory.inUse`.
    public var memory: UInt64 = 0
    /// Bytes of page cache.
    public var memoryFile: UInt64 = 0
    /// Bytes that no file is behind.
    public var memoryAnonymous: UInt64 = 0
    /// Bytes that the kernel keeps for it.
    public var memoryKernel: UInt64 = 0
    /// Bytes of the kernel's small objects; a part of `memoryKernel`.
    public var memorySlab: UInt64 = 0
    /// Bytes of shared memory and tmpfs; a part of `memoryFile`.
    public var memoryShared: UInt64 = 0
    /// Bytes in swap space.
    public var swap: UInt64 = 0
    /// The limit in force: the cgroup's, else the host's memory.
    public var memoryLimit: UInt64 = 0
    /// The cgroup itself has a limit.
    public var isMemoryLimited = false
    /// Times the OOM killer ran, since the start.
    public var oomKills: UInt64 = 0
    /// Times the OOM killer ran since the round before.
    public var newOOMKills: UInt64 = 0
    /// Processes and threads.
    public var pids: UInt64 = 0
    /// The most processes and threads; `nil` is no limit.
    public var pidsLimit: UInt64?
    /// Bytes per second.
    public var readRate: Double = 0
    /// Bytes per second, to block devices.
    public var writeRate: Double = 0
    /// Bytes per second, from the network.
    public var receiveRate: Double = 0
    /// Bytes per second, to the network.
    public var sendRate: Double = 0
    /// Totals since the start, as `docker stats` shows them.
    public var readTotal: UInt64 = 0
    /// Bytes, to block devices.
    public var writtenTotal: UInt64 = 0
    /// Bytes, from the network.
    public var receivedTotal: UInt64 = 0
    /// Bytes, to the network.
    public var sentTotal: UInt64 = 0
    /// Per interface, bytes per second.
    public var interfaces: [InterfaceRate] = []
    /// Pressure stall averages; `nil` where the kernel keeps none.
    public var pressure: Sample.Pressure?

    /// One interface: what goes through it per second, and its totals since it was made.
    public struct InterfaceRate: Sendable, Hashable, Codable {
        /// The interface's name in its namespace.
        public var name: String
        /// Bytes per second, from the network.
        public var receiveRate: Double
        /// Bytes per second, to the network.
        public var sendRate: Double
        /// Packets per second, from the network.
        public var receivePackets: Double = 0
        /// Packets per second, to the network.
        public var sendPackets: Double = 0
        /// Bytes, from the network.
        public var receivedTotal: UInt64 = 0
        /// Bytes, to the network.
        public var sentTotal: UInt64 = 0
        /// Packets, both ways, that came broken or could not be sent.
        public var errors: UInt64 = 0
        /// Packets, both ways, that found no room.
        public var drops: UInt64 = 0
        /// Makes a rate.
        public init(name: String, receiveRate: Double, sendRate: Double) {
            self.name = name
            self.receiveRate = receiveRate
            self.sendRate = sendRate
        }
    }

    /// Memory in use in per cent of the limit in force.
    public var memoryPercent: Double { memoryLimit == 0 ? 0 : Double(memory) / Double(memoryLimit) * 100 }

    /// Empty usage at `time`.
    public init(time: Timestamp) { self.time = time }
}
