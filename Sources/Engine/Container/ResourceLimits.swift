/// Limits on a container's cgroup; `nil` leaves the kernel's default.
public struct ResourceLimits: Sendable, Hashable, Codable {
    /// Bytes (`--memory`).
    public var memory: Int64?
    /// Bytes of memory and swap together, -1 for unlimited swap (`--memory-swap`).
    public var memorySwap: Int64?
    /// Bytes (`--memory-reservation`).
    public var memoryReservation: Int64?
    /// 0 to 100: how readily its memory is swapped, on cgroups of version 1 (`--memory-swappiness`).
    public var memorySwappiness: Int64?
    /// Out of memory its processes wait instead of being killed, on cgroups of version 1 (`--oom-kill-disable`).
    public var oomKillDisable: Bool?
    /// Billionths of a CPU (`--cpus 1.5` is 1 500 000 000).
    public var nanoCPUs: Int64?
    /// Relative weight in docker's scale, 2 to 262144 (`--cpu-shares`).
    public var cpuShares: Int64?
    /// Microseconds, 1000 to 1 000 000 (`--cpu-period`).
    public var cpuPeriod: Int64?
    /// Microseconds in each period (`--cpu-quota`).
    public var cpuQuota: Int64?
    /// The kernel's list syntax, `0-2,4` (`--cpuset-cpus`).
    public var cpusetCPUs: String?
    /// The kernel's list syntax (`--cpuset-mems`).
    public var cpusetMems: String?
    /// Most processes and threads, -1 for no limit (`--pids-limit`).
    public var pids: Int64?
    /// Relative weight at block devices, 10 to 1000; 0 for none (`--blkio-weight`).
    public var blkioWeight: Int64?
    /// Relative weights at single devices (`--blkio-weight-device`).
    public var blkioWeightDevices: [DeviceLimit]?
    /// Bytes read in a second (`--device-read-bps`).
    public var deviceReadBps: [DeviceLimit]?
    /// Bytes written in a second (`--device-write-bps`).
    public var deviceWriteBps: [DeviceLimit]?
    /// Reads in a second (`--device-read-iops`).
    public var deviceReadIOPS: [DeviceLimit]?
    /// Writes in a second (`--device-write-iops`).
    public var deviceWriteIOPS: [DeviceLimit]?

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
        var merged = self
        func take<Value>(_ field: WritableKeyPath<ResourceLimits, Value?>) {
            if let value = change[keyPath: field] { merged[keyPath: field] = value }
        }
        take(\.memory)
        take(\.memorySwap)
        take(\.memoryReservation)
        take(\.memorySwappiness)
        take(\.oomKillDisable)
        take(\.cpuShares)
        take(\.cpusetCPUs)
        take(\.cpusetMems)
        take(\.pids)
        take(\.blkioWeight)
        take(\.blkioWeightDevices)
        take(\.deviceReadBps)
        take(\.deviceWriteBps)
        take(\.deviceReadIOPS)
        take(\.deviceWriteIOPS)
        // CPUs, and quota with period, are two ways to say one thing: the newer word counts.
        if change.nanoCPUs != nil {
            (merged.nanoCPUs, merged.cpuPeriod, merged.cpuQuota) = (change.nanoCPUs, nil, nil)
        } else if change.cpuPeriod != nil || change.cpuQuota != nil {
            merged.nanoCPUs = nil
            take(\.cpuPeriod)
            take(\.cpuQuota)
        }
        return merged
    }
}
