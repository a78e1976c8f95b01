import ArgumentParser
import Engine

/// Limits, shared by `run`, `create` and `update`.
struct ResourceOptions: ParsableArguments {
    @Option(
        name: [.customShort("m", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("Memory limit, such as 512m or 1.5g; at least 6m.", valueName: "bytes"))
    var memory: String?

    @Option(
        name: .customLong("memory-swap"), parsing: .unconditional,
        help: .init("Limit of memory and swap together; -1 for unlimited swap.", valueName: "bytes"))
    var memorySwap: String?

    @Option(
        name: .customLong("memory-reservation"), parsing: .unconditional,
        help: .init("Memory to keep when the host runs short.", valueName: "bytes"))
    var memoryReservation: String?

    @Option(
        name: .long, parsing: .unconditional, help: .init("Most CPU time, in CPUs: 0.5 or 2.", valueName: "decimal"))
    var cpus: String?

    @Option(
        name: [.customShort("c", allowingJoined: true), .customLong("cpu-shares")], parsing: .unconditional,
        help: .init("Weight against other containers when CPUs are short; 1024 is usual.", valueName: "int"))
    var cpuShares: Int64?

    @Option(
        name: .customLong("cpu-period"), parsing: .unconditional,
        help: .init("Length of the period that --cpu-quota is for.", valueName: "usec"))
    var cpuPeriod: Int64?

    @Option(
        name: .customLong("cpu-quota"), parsing: .unconditional,
        help: .init("CPU time in each period; -1 for no limit.", valueName: "usec"))
    var cpuQuota: Int64?

    @Option(
        name: .customLong("cpuset-cpus"), parsing: .unconditional,
        help: .init("CPUs to run on (0-3, 0,1).", valueName: "list"))
    var cpusetCPUs: String?

    @Option(
        name: .customLong("cpuset-mems"), parsing: .unconditional,
        help: .init("Memory nodes to use (0-3, 0,1).", valueName: "list"))
    var cpusetMems: String?

    @Option(
        name: .customLong("pids-limit"), parsing: .unconditional,
        help: .init("Most processes and threads; -1 for no limit.", valueName: "int"))
    var pidsLimit: Int64?

    @Option(
        name: .customLong("blkio-weight"), parsing: .unconditional,
        help: .init("Weight against other containers at block devices, 10 to 1000; 0 for none.", valueName: "int"))
    var blkioWeight: Int64?

    /// Kernels have given it up; scripts may still say it.
    @Option(name: .customLong("kernel-memory"), parsing: .unconditional, help: .hidden)
    var kernelMemory: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("Restart policy: no, on-failure[:n], always, unless-stopped.", valueName: "policy"))
    var restart: String?

    /// The limits in numbers.
    /// - Throws: `EngineError` `.invalidArgument`.
    func limits() throws -> ResourceLimits {
        var limits = try Self.limits(
            memory: memory, memorySwap: memorySwap, cpuShares: cpuShares, cpuPeriod: cpuPeriod, cpuQuota: cpuQuota,
            cpusetCPUs: cpusetCPUs, cpusetMems: cpusetMems)
        limits.memoryReservation = try memoryReservation.map { try ByteSize.bytes($0, for: "--memory-reservation") }
        limits.nanoCPUs = try cpus.map(CPUCount.nanoseconds)
        limits.pids = pidsLimit.map { $0 <= 0 ? -1 : $0 }
        limits.blkioWeight = blkioWeight == 0 ? nil : blkioWeight
        return limits
    }

    /// The limits that a build's steps have as well.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func limits(
        memory: String?, memorySwap: String?, cpuShares: Int64?, cpuPeriod: Int64?, cpuQuota: Int64?,
        cpusetCPUs: String?, cpusetMems: String?
    ) throws -> ResourceLimits {
        try checkList(cpusetCPUs, of: "--cpuset-cpus")
        try checkList(cpusetMems, of: "--cpuset-mems")
        if let cpuShares, cpuShares < 0 {
            throw EngineError(.invalidArgument, "--cpu-shares wants a number that is not negative")
        }
        var limits = ResourceLimits(
            memory: try memory.map { try ByteSize.bytes($0, for: "--memory") },
            memorySwap: try memorySwap.map { $0 == "-1" ? -1 : try ByteSize.bytes($0, for: "--memory-swap") },
            // Docker's zero means the default, for shares as for processes.
            cpuShares: cpuShares == 0 ? nil : cpuShares, cpusetCPUs: cpusetCPUs, cpusetMems: cpusetMems)
        limits.cpuPeriod = cpuPeriod == 0 ? nil : cpuPeriod
        limits.cpuQuota = cpuQuota == 0 ? nil : cpuQuota
        return limits
    }

    private static func checkList(_ list: String?, of option: String) throws {
        guard let list else { return }
        guard !list.isEmpty, list.allSatisfy({ ("0"..."9").contains($0) || $0 == "-" || $0 == "," }) else {
            throw EngineError(.invalidArgument, "\(option) wants a list such as 0-2,4, not \"\(list)\"")
        }
    }

    /// Sentences about what was asked for and makes no difference.
    var warnings: [String] {
        kernelMemory == nil ? [] : ["--kernel-memory: kernels no longer limit it by itself, it counts as memory"]
    }

    /// The restart policy, when one was given.
    /// - Throws: `EngineError` `.invalidArgument`.
    func restartPolicy() throws -> RestartPolicy? {
        try restart.map { text in
            guard let policy = RestartPolicy(text) else {
                throw EngineError(
                    .invalidArgument, "--restart \"\(text)\" is not a policy",
                    hint: "use no, on-failure[:n], always or unless-stopped")
            }
            return policy
        }
    }
}
