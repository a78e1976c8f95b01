import Engine

/// Memory: `memory.current`, `memory.stat`, `memory.max`, `memory.events`, `memory.swap.current`, or version 1's files.
struct MemoryReader: ~Copyable {
    private var usage: KeptFile
    private var statistics: KeptFile
    private var limit: KeptFile
    private var events: KeptFile
    /// What memory.stat does not tell: version 2's swap, version 1's kernel memory.
    private var remainder: KeptFile
    private let isV2: Bool
    private var last: Sample.Memory?
    private var lastLimit: UInt64?
    private var skipped = 0

    /// memory.stat is the dearest of all files, for the kernel sums it up over every CPU. Where nothing ran and the
    /// charge is the same there is nothing new in it, but for pages aged from outside.
    private static let mostSkips = 3

    init?(paths: [String: String], isKept: Bool) {
        if let directory = paths[Controller.memory.rawValue] {
            isV2 = false
            usage = KeptFile(directory + "/memory.usage_in_bytes", isKept: isKept)
            statistics = KeptFile(directory + "/memory.stat", isKept: isKept)
            events = KeptFile(directory + "/memory.oom_control", isKept: isKept)
            limit = KeptFile(directory + "/memory.limit_in_bytes", isKept: isKept)
            remainder = KeptFile(directory + "/memory.kmem.usage_in_bytes", isKept: isKept)
        } else if let directory = paths[ContainerCgroup.unifiedKey] {
            isV2 = true
            usage = KeptFile(directory + "/memory.current", isKept: isKept)
            statistics = KeptFile(directory + "/memory.stat", isKept: isKept)
            events = KeptFile(directory + "/memory.events", isKept: isKept)
            limit = KeptFile(directory + "/memory.max", isKept: isKept)
            remainder = KeptFile(directory + "/memory.swap.current", isKept: isKept)
        } else {
            return nil
        }
    }

    /// Answers whether the cgroup is still there. `isIdle`: none of its processes ran since the last reading.
    /// `isDetailed`: also reads version 1's kernel memory.
    mutating func read(
        into memory: inout Sample.Memory, isIdle: Bool, isDetailed: Bool = false, using buffer: ReadBuffer
    ) -> Bool {
        guard let current = usage.read(into: buffer, { $0.number() }) else { return false }
        let limit = limit.read(into: buffer, { $0.number() }) ?? nil
        if isIdle, let last, last.current == current, lastLimit == limit, skipped < Self.mostSkips {
            skipped += 1
            memory = last
            return true
        }
        skipped = 0
        lastLimit = limit
        var result = memory
        result.current = current ?? 0
        let isV2 = self.isV2
        let inactive = statistics.read(into: buffer) {
            isV2 ? Self.scanV2(&$0, into: &result) : Self.scanV1(&$0, into: &result)
        }
        result.inUse = result.current - min(result.current, inactive ?? 0)
        // Version 1's memory.stat has told the limit in force, which may be one of a cgroup above.
        if isV2 { result.limit = limit }
        if let kills = events.read(into: buffer, { Self.kills(&$0) }) { result.oomKills = kills }
        // Swap goes into the history of every container, kernel memory only where somebody looks closely.
        if isV2 {
            result.swap = (remainder.read(into: buffer) { $0.number() } ?? nil) ?? 0
        } else if isDetailed {
            result.kernel = (remainder.read(into: buffer) { $0.number() } ?? nil) ?? 0
        }
        memory = result
        last = result
        return true
    }

    /// Answers the inactive file pages (cgroup-v2.rst, "memory.stat").
    static func scanV2(_ scanner: inout ByteScanner, into memory: inout Sample.Memory) -> UInt64 {
        var inactive: UInt64 = 0
        var parts: UInt64 = 0
        var hasKernel = false
        scan: while !scanner.isAtEnd {
            switch scanner.current {
            case 0x61 where scanner.skip("anon "): memory.anonymous = scanner.number() ?? 0
            case 0x66 where scanner.skip("file "): memory.file = scanner.number() ?? 0
            case 0x6b where scanner.skip("kernel "):
                memory.kernel = scanner.number() ?? 0
                hasKernel = true
            // Kernels before 5.18 leave the sum to the reader.
            case 0x6b where scanner.skip("kernel_stack "), 0x70 where scanner.skip("pagetables "),
                0x70 where scanner.skip("percpu "):
                parts &+= scanner.number() ?? 0
            case 0x69 where scanner.skip("inactive_file "): inactive = scanner.number() ?? 0
            case 0x73 where scanner.skip("shmem "): memory.shared = scanner.number() ?? 0
            case 0x73 where scanner.skip("slab "):
                memory.slab = scanner.number() ?? 0
                // What follows are events by the dozen.
                break scan
            default: break
            }
            scanner.skipLine()
        }
        if !hasKernel { memory.kernel = parts &+ memory.slab }
        return inactive
    }

    /// The figures with `total_` count cgroups inside too (cgroup-v1/memory.rst, "5.2 stat file").
    static func scanV1(_ scanner: inout ByteScanner, into memory: inout Sample.Memory) -> UInt64 {
        var inactive: UInt64 = 0
        while !scanner.isAtEnd {
            if scanner.skip("total_") {
                if scanner.skip("inactive_file ") {
                    inactive = scanner.number() ?? 0
                    return inactive
                } else if scanner.skip("cache ") {
                    memory.file = scanner.number() ?? 0
                } else if scanner.skip("rss ") {
                    memory.anonymous = scanner.number() ?? 0
                } else if scanner.skip("shmem ") {
                    memory.shared = scanner.number() ?? 0
                } else if scanner.skip("swap ") {
                    memory.swap = scanner.number() ?? 0
                }
            } else if scanner.current == 0x68, scanner.skip("hierarchical_memory_limit ") {
                memory.limit = limitV1(scanner.number())
            }
            scanner.skipLine()
        }
        return inactive
    }

    /// Version 1 spells "no limit" as the largest number of whole pages.
    static func limitV1(_ value: UInt64?) -> UInt64? {
        guard let value, value < UInt64(Int64.max) - (1 << 20) else { return nil }
        return value
    }

    static func kills(_ scanner: inout ByteScanner) -> UInt64 {
        while !scanner.isAtEnd {
            if scanner.skip("oom_kill ") { return scanner.number() ?? 0 }
            scanner.skipLine()
        }
        return 0
    }
}
