import Cgroups
import Engine
import LinuxSystem

/// What `events` prints of a container's figures, in runc's shape (runc, types/events.go).
public struct BundleStatistics: Sendable, Hashable, Codable {
    /// `stats` or `oom`.
    public var type: String
    /// The container.
    public var id: String
    /// The figures; `nil` for events that have none.
    public var data: Figures?

    /// All figures.
    public struct Figures: Sendable, Hashable, Codable {
        /// Processor time.
        public var cpu: CPU
        /// Memory.
        public var memory: Memory
        /// Processes and threads.
        public var pids: Pids
        /// Block devices.
        public var blkio: BlockIO
        /// Huge pages, by size.
        public var hugetlb: [String: Huge]
        /// Network interfaces of the container's own.
        public var networkInterfaces: [Interface]

        private enum CodingKeys: String, CodingKey {
            case cpu, memory, pids, blkio, hugetlb
            case networkInterfaces = "network_interfaces"
        }
    }

    /// Processor time.
    public struct CPU: Sendable, Hashable, Codable {
        /// Nanoseconds that were used.
        public var usage: Usage
        /// What the quota held back.
        public var throttling: Throttling

        /// Nanoseconds.
        public struct Usage: Sendable, Hashable, Codable {
            /// All.
            public var total: UInt64
            /// In the kernel.
            public var kernel: UInt64
            /// In programs.
            public var user: UInt64
        }

        /// What the quota held back.
        public struct Throttling: Sendable, Hashable, Codable {
            /// Periods.
            public var throttledPeriods: UInt64
            /// Nanoseconds.
            public var throttledTime: UInt64
        }
    }

    /// Bytes.
    public struct Memory: Sendable, Hashable, Codable {
        /// Page cache.
        public var cache: UInt64
        /// What is in use.
        public var usage: Entry
        /// Counters of the kernel's own, by its names.
        public var raw: [String: UInt64]

        /// A figure with its limit.
        public struct Entry: Sendable, Hashable, Codable {
            /// The limit; the largest number where there is none.
            public var limit: UInt64
            /// In use.
            public var usage: UInt64
            /// Times that the OOM killer ran.
            public var failcnt: UInt64
        }
    }

    /// Processes and threads.
    public struct Pids: Sendable, Hashable, Codable {
        /// How many there are.
        public var current: UInt64
        /// The limit; 0 where there is none.
        public var limit: UInt64
    }

    /// Totals over all block devices.
    public struct BlockIO: Sendable, Hashable, Codable {
        /// Bytes by operation.
        public var ioServiceBytesRecursive: [Entry]
        /// Operations.
        public var ioServicedRecursive: [Entry]

        /// One figure.
        public struct Entry: Sendable, Hashable, Codable {
            /// `Read` or `Write`.
            public var op: String
            /// The figure.
            public var value: UInt64
        }
    }

    /// Huge pages of one size, in bytes.
    public struct Huge: Sendable, Hashable, Codable {
        /// In use.
        public var usage: UInt64
    }

    /// Totals of an interface.
    public struct Interface: Sendable, Hashable, Codable {
        /// Its name.
        public var name: String
        /// Bytes received.
        public var rxBytes: UInt64
        /// Packets received.
        public var rxPackets: UInt64
        /// Bytes sent.
        public var txBytes: UInt64
        /// Packets sent.
        public var txPackets: UInt64

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case rxBytes = "RxBytes"
            case rxPackets = "RxPackets"
            case txBytes = "TxBytes"
            case txPackets = "TxPackets"
        }
    }
}

extension BundleStatistics {
    /// The OOM killer ran in a container.
    public static func outOfMemory(_ id: String) -> BundleStatistics {
        BundleStatistics(type: "oom", id: id, data: nil)
    }

    /// A sample in this shape.
    init(_ sample: Sample, of id: String, raw: [String: UInt64], hugetlb: [String: Huge]) {
        self.init(
            type: "stats", id: id,
            data: Figures(
                cpu: CPU(
                    usage: .init(total: sample.cpu.total, kernel: sample.cpu.system, user: sample.cpu.user),
                    throttling: .init(
                        throttledPeriods: sample.cpu.throttledPeriods, throttledTime: sample.cpu.throttled)),
                memory: Memory(
                    cache: sample.memory.file,
                    usage: .init(
                        limit: sample.memory.limit ?? UInt64.max, usage: sample.memory.current,
                        failcnt: sample.memory.oomKills), raw: raw),
                pids: Pids(current: sample.pids, limit: sample.pidsLimit ?? 0),
                blkio: BlockIO(
                    ioServiceBytesRecursive: [
                        .init(op: "Read", value: sample.io.readBytes),
                        .init(op: "Write", value: sample.io.writtenBytes),
                    ],
                    ioServicedRecursive: [
                        .init(op: "Read", value: sample.io.reads), .init(op: "Write", value: sample.io.writes),
                    ]), hugetlb: hugetlb,
                networkInterfaces: sample.interfaces.map {
                    Interface(
                        name: $0.name, rxBytes: $0.receivedBytes, rxPackets: $0.receivedPackets, txBytes: $0.sentBytes,
                        txPackets: $0.sentPackets)
                }))
    }
}
