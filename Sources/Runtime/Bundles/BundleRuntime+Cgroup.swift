import Cgroups
import Engine
import OCI

extension BundleRuntime {
    /// Makes the container's cgroups with their limits, and writes them into the record.
    func makeCgroup(
        _ record: inout BundleRecord, _ spec: Spec, _ hierarchies: CgroupHierarchies
    ) throws(EngineError) {
        let creation = try ContainerCgroup.create(
            id: ContainerID(rawValue: record.id), limits: BundleLimits.limits(spec.linux?.resources), in: hierarchies)
        record.cgroup = BundleCgroup(paths: creation.cgroup.paths)
        creation.warnings.forEach(warn)
    }

    /// Sets limits of a container that is there.
    func applyLimits(_ resources: LinuxResources, to record: BundleRecord) throws(EngineError) {
        try cgroup(record).apply(BundleLimits.limits(resources)).forEach(warn)
    }
}

/// The specification's limits as the room Cgroups takes them.
enum BundleLimits {
    static func limits(_ resources: LinuxResources?) -> ResourceLimits {
        var limits = ResourceLimits()
        limits.memory = resources?.memory?.limit
        limits.memorySwap = resources?.memory?.swap
        limits.memoryReservation = resources?.memory?.reservation
        limits.pids = resources?.pids?.limit
        limits.cpuShares = resources?.cpu?.shares.flatMap { Int64(exactly: $0) }
        limits.cpusetCPUs = resources?.cpu?.cpus
        limits.cpusetMems = resources?.cpu?.mems
        if let quota = resources?.cpu?.quota, quota > 0 {
            limits.nanoCPUs = Int64(Double(quota) / Double(resources?.cpu?.period ?? 100_000) * 1e9)
        }
        return limits
    }
}
