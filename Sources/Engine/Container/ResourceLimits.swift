/// Limits on a container's cgroup; `nil` leaves the kernel's default.
public struct ResourceLimits: Sendable, Hashable, Codable {
    /// Bytes (`--memory`).
    public var memory: Int64?
    /// Bytes of memory and swap together, -1 for unlimited swap (`--memory-swap`).
    public var memorySwap: Int64?
    /// Bytes (`--memory-reservation`).
    public var memoryReservation: Int64?
    /// Billionths of a CPU (`--cpus 1.5` is 1 500 000 000).
    public var nanoCPUs: Int64?
    /// Relative weight in docker's scale, 2 to 262144 (`--cpu-shares`).
    public var cpuShares: Int64?
    /// The kernel's list syntax, `0-2,4` (`--cpuset-cpus`).
    public var cpusetCPUs: String?
    /// The kernel's list syntax (`--cpuset-mems`).
    public var cpusetMems: String?
    /// Most processes and threads, -1 for no limit (`--pids-limit`).
    public var pids: Int64?

    /// Makes limits; everything is unlimited unless given.
    public init(
        memory: Int64? = nil, memorySwap: Int64? = nil, memoryReservation: Int64? = nil, nanoCPUs: Int64? = nil,
        cpuShares: Int64? = nil, cpusetCPUs: String? = nil, cpusetMems: String? = nil, pids: Int64? = nil
    ) {
        self.memory = memory
        self.memorySwap = memorySwap
        self.memoryReservation = memoryReservation
        self.nanoCPUs = nanoCPUs
        self.cpuShares = cpuShares
        self.cpusetCPUs = cpusetCPUs
        self.cpusetMems = cpusetMems
        self.pids = pids
    }

    /// These limits with every field that `change` names replaced (`docker update`).
    public func merging(_ change: ResourceLimits) -> ResourceLimits {
        ResourceLimits(
            memory: change.memory ?? memory, memorySwap: change.memorySwap ?? memorySwap,
            memoryReservation: change.memoryReservation ?? memoryReservation,
            nanoCPUs: change.nanoCPUs ?? nanoCPUs, cpuShares: change.cpuShares ?? cpuShares,
            cpusetCPUs: change.cpusetCPUs ?? cpusetCPUs, cpusetMems: change.cpusetMems ?? cpusetMems,
            pids: change.pids ?? pids)
    }
}
