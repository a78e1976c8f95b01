/// What a container (or the host) uses per second: two samples' difference, ready to draw.
public struct Usage: Sendable, Hashable, Codable {
    public var time: Timestamp
    /// Per cent of one core: 100 is one core busy, 250 two and a half.
    public var cpu: Double = 0
    public var cpuUser: Double = 0
    public var cpuSystem: Double = 0
    /// Per cent of the time in which the quota held it back.
    public var cpuThrottled: Double = 0
    /// Bytes, as in `Sample.Memory.inUse`.
    public var memory: UInt64 = 0
    public var memoryFile: UInt64 = 0
    /// The limit in force: the cgroup's, else the host's memory.
    public var memoryLimit: UInt64 = 0
    /// The cgroup itself has a limit.
    public var isMemoryLimited = false
    public var oomKills: UInt64 = 0
    public var pids: UInt64 = 0
    public var pidsLimit: UInt64?
    /// Bytes per second.
    public var readRate: Double = 0
    public var writeRate: Double = 0
    public var receiveRate: Double = 0
    public var sendRate: Double = 0
    /// Totals since the start, as `docker stats` shows them.
    public var readTotal: UInt64 = 0
    public var writtenTotal: UInt64 = 0
    public var receivedTotal: UInt64 = 0
    public var sentTotal: UInt64 = 0
    /// Per interface, bytes per second.
    public var interfaces: [InterfaceRate] = []
    public var pressure: Sample.Pressure?

    /// Bytes per second of one interface.
    public struct InterfaceRate: Sendable, Hashable, Codable {
        public var name: String
        public var receiveRate: Double
        public var sendRate: Double
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
