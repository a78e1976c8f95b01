import Engine

/// CPU time: `cpu.stat` of version 2; on version 1 `cpuacct.usage*`, and `cpu.stat` for throttling.
///
/// Only version 1 tells of single cores, also where the rest comes from version 2 beside it.
struct CPUReader: ~Copyable {
    private var statistics: KeptFile?
    private var accounts: Accounts?
    private var throttling: KeptFile?
    private var perCore: KeptFile?

    /// Version 1's three files of nanoseconds.
    private struct Accounts: ~Copyable {
        var total: KeptFile
        var user: KeptFile
        var system: KeptFile
    }

    init(paths: [String: String], isKept: Bool) {
        if let directory = paths[ContainerCgroup.unifiedKey] {
            statistics = KeptFile(directory + "/cpu.stat", isKept: isKept)
        } else if let directory = paths[Controller.cpuacct.rawValue] {
            accounts = Accounts(
                total: KeptFile(directory + "/cpuacct.usage", isKept: isKept),
                user: KeptFile(directory + "/cpuacct.usage_user", isKept: isKept),
                system: KeptFile(directory + "/cpuacct.usage_sys", isKept: isKept))
        }
        if let directory = paths[Controller.cpuacct.rawValue] {
            perCore = KeptFile(directory + "/cpuacct.usage_percpu", isKept: isKept)
        }
        if let directory = paths[Controller.cpu.rawValue] {
            throttling = KeptFile(directory + "/cpu.stat", isKept: isKept)
        }
    }

    /// Answers whether the cgroup is still there.
    /// - Parameter isDetailed: also reads what single cores did.
    mutating func read(into cpu: inout Sample.CPU, isDetailed: Bool = false, using buffer: ReadBuffer) -> Bool {
        var found = false
        var result = cpu
        if statistics?.read(into: buffer, { Self.scan(&$0, into: &result) }) != nil { found = true }
        if let total = accounts?.total.read(into: buffer, { $0.number() }) {
            found = true
            result.total = total ?? 0
            result.user = (accounts?.user.read(into: buffer) { $0.number() } ?? nil) ?? 0
            result.system = (accounts?.system.read(into: buffer) { $0.number() } ?? nil) ?? 0
        }
        _ = throttling?.read(into: buffer) { Self.scan(&$0, into: &result) }
        if isDetailed { result.cores = perCore?.read(into: buffer) { Self.cores(&$0) } ?? [] }
        cpu = result
        return found
    }

    /// Both versions' keys; a file has some of them (cgroup-v2.rst; scheduler/sched-bwc.rst).
    static func scan(_ scanner: inout ByteScanner, into cpu: inout Sample.CPU) {
        while !scanner.isAtEnd {
            if scanner.skip("usage_usec ") {
                cpu.total = nanoseconds(scanner.number())
            } else if scanner.skip("user_usec ") {
                cpu.user = nanoseconds(scanner.number())
            } else if scanner.skip("system_usec ") {
                cpu.system = nanoseconds(scanner.number())
            } else if scanner.skip("nr_periods ") {
                cpu.periods = scanner.number() ?? 0
            } else if scanner.skip("nr_throttled ") {
                cpu.throttledPeriods = scanner.number() ?? 0
            } else if scanner.skip("throttled_usec ") {
                cpu.throttled = nanoseconds(scanner.number())
            } else if scanner.skip("throttled_time ") {
                cpu.throttled = scanner.number() ?? 0
            }
            scanner.skipLine()
        }
    }

    /// Nanoseconds of each core, on one line (cgroup-v1/cpuacct.rst).
    static func cores(_ scanner: inout ByteScanner) -> [UInt64] {
        var cores: [UInt64] = []
        while cores.count < mostCores, let value = scanner.number() { cores.append(value) }
        return cores
    }

    /// More than any kernel is built for.
    private static let mostCores = 8192

    private static func nanoseconds(_ microseconds: UInt64?) -> UInt64 { (microseconds ?? 0) &* 1000 }
}
