import Engine

/// Memory: `memory.current`, `memory.stat`, `memory.max`, `memory.events`, or version 1's files.
struct MemoryReader: ~Copyable {
    private var usage: KeptFile
    private var statistics: KeptFile
    private var limit: KeptFile
    private var events: KeptFile
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
        } else if let directory = paths[ContainerCgroup.unifiedKey] {
            isV2 = true
            usage = KeptFile(directory + "/memory.current", isKept: isKept)
            statistics = KeptFile(directory + "/memory.stat", isKept: isKept)
            events = KeptFile(directory + "/memory.events", isKept: isKept)
            limit = KeptFile(directory + "/memory.max", isKept: isKept)
        } else {
            return nil
        }
    }

    /// Answers whether the cgroup is still there. `isIdle`: none of its processes ran since the last reading.
    mutating func read(into memory: inout Sample.Memory, isIdle: Bool, using buffer: ReadBuffer) -> Bool {
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
        memory = result
        last = result
        return true
    }

    /// Answers the inactive file pages (cgroup-v2.rst, "memory.stat").
    static func scanV2(_ scanner: inout ByteScanner, into memory: inout Sample.Memory) -> UInt64 {
        var left = 3
        var inactive: UInt64 = 0
        while left > 0, !scanner.isAtEnd {
            switch scanner.current {
            case 0x61 where scanner.skip("anon "):
                memory.anonymous = scanner.number() ?? 0
                left -= 1
            case 0x66 where scanner.skip("file "):
                memory.file = scanner.number() ?? 0
                left -= 1
            case 0x69 where scanner.skip("inactive_file "):
                inactive = scanner.number() ?? 0
                left -= 1
            default: break
            }
            scanner.skipLine()
        }
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
