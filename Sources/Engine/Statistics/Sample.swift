/// Counters of one container at one moment, as the kernel gives them. Two samples make rates (room Collector).
public struct Sample: Sendable, Hashable, Codable {
    /// Nanoseconds of CPU time.
    public struct CPU: Sendable, Hashable, Codable {
        /// All of it.
        public var total: UInt64 = 0
        /// Spent in programs.
        public var user: UInt64 = 0
        /// Spent in the kernel.
        public var system: UInt64 = 0
        /// Periods of the quota that went by while there was something to run.
        public var periods: UInt64 = 0
        /// Periods in which the quota held the container back.
        public var throttledPeriods: UInt64 = 0
        /// Nanoseconds for which the quota held the container back.
        public var throttled: UInt64 = 0
        /// Nanoseconds on each core, by its number; empty where the kernel does not tell, or nobody asked.
        public var cores: [UInt64] = []
        /// All counters at zero.
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
        /// Bytes that no file is behind.
        public var anonymous: UInt64 = 0
        /// All that the kernel keeps for it: slab, stacks, page tables.
        public var kernel: UInt64 = 0
        /// The kernel's small objects; a part of `kernel`.
        public var slab: UInt64 = 0
        /// Shared memory and tmpfs; a part of `file`.
        public var shared: UInt64 = 0
        /// What lies in swap space.
        public var swap: UInt64 = 0
        /// The limit; `nil` when there is none.
        public var limit: UInt64?
        /// Times the OOM killer ran in the cgroup.
        public var oomKills: UInt64 = 0
        /// All counters at zero.
        public init() {}
    }

    /// Totals since the cgroup was made, over all devices.
    public struct BlockIO: Sendable, Hashable, Codable {
        /// Bytes read.
        public var readBytes: UInt64 = 0
        /// Bytes written.
        public var writtenBytes: UInt64 = 0
        /// Read operations.
        public var reads: UInt64 = 0
        /// Write operations.
        public var writes: UInt64 = 0
        /// All counters at zero.
        public init() {}
    }

    /// Totals of one interface, loopback left out.
    public struct Interface: Sendable, Hashable, Codable {
        /// The interface's name in its namespace.
        public var name: String
        /// Bytes received.
        public var receivedBytes: UInt64
        /// Bytes sent.
        public var sentBytes: UInt64
        /// Packets received.
        public var receivedPackets: UInt64
        /// Packets sent.
        public var sentPackets: UInt64
        /// Packets that came broken.
        public var receivedErrors: UInt64 = 0
        /// Packets that came and found no room.
        public var receivedDrops: UInt64 = 0
        /// Packets that could not be sent.
        public var sentErrors: UInt64 = 0
        /// Packets that were to be sent and found no room.
        public var sentDrops: UInt64 = 0
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
        /// Some task waited for a CPU.
        public var cpuSome: Double = 0
        /// All tasks waited for a CPU, as a quota makes them.
        public var cpuFull: Double = 0
        /// Some task waited for memory.
        public var memorySome: Double = 0
        /// All tasks waited for memory.
        public var memoryFull: Double = 0
        /// Some task waited for a block device.
        public var ioSome: Double = 0
        /// All tasks waited for block devices.
        public var ioFull: Double = 0
        /// All counters at zero.
        public init() {}
    }

    /// When it was taken.
    public var time: Timestamp
    /// CPU time.
    public var cpu = CPU()
    /// Memory.
    public var memory = Memory()
    /// Processes and threads.
    public var pids: UInt64 = 0
    /// The most processes and threads; `nil` is no limit.
    public var pidsLimit: UInt64?
    /// Block I/O.
    public var io = BlockIO()
    /// Network interfaces of the container's own; none when it shares the host's.
    public var interfaces: [Interface] = []
    /// `nil` where the kernel keeps no pressure for cgroups.
    public var pressure: Pressure?

    /// An empty sample taken at `time`.
    public init(time: Timestamp) { self.time = time }
}
