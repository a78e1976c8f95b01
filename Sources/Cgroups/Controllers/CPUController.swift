import Engine
import Glibc

/// The cpu controller: quota (`cpu.max`, `cpu.cfs_quota_us`) and weight (`cpu.weight`, `cpu.shares`).
enum CPUController {
    /// Microseconds; the kernel's own default.
    static let usualPeriod: UInt64 = 100_000

    static func apply(
        _ cpu: CgroupResources.CPU, at place: ContainerCgroup.Place?, _ report: inout LimitReport
    ) throws(EngineError) {
        let isV2 = place?.isV2 ?? true
        // An idle group has no weight: the kernel refuses one until idle is taken back.
        if let idle = cpu.idle {
            try LimitWriter.write(String(idle), to: "cpu.idle", at: place, field: "cpu idle", &report)
        }
        // No file lifts a weight: 0 leaves the kernel's default alone.
        if let shares = cpu.shares, shares > 0, (cpu.idle ?? 0) == 0 {
            try LimitWriter.write(
                String(isV2 ? UInt64(weight(shares: shares)) : shares), to: isV2 ? "cpu.weight" : "cpu.shares",
                at: place, field: "cpu shares", &report)
        }
        // What is saved up for bursts may not be more than the quota, so it makes way while that changes.
        if cpu.burst != nil, let file = place?.path(burstFile(isV2)), ControlFile.exists(file) {
            try? ControlFile.write("0", to: file)
        }
        if cpu.quota != nil || cpu.period != nil { try setQuota(cpu, at: place, &report) }
        if let burst = cpu.burst {
            try LimitWriter.write(String(burst), to: burstFile(isV2), at: place, field: "cpu burst", &report)
        }
        try setRealtime(cpu, at: place, &report)
    }

    private static func burstFile(_ isV2: Bool) -> String { isV2 ? "cpu.max.burst" : "cpu.cfs_burst_us" }

    private static func setQuota(
        _ cpu: CgroupResources.CPU, at place: ContainerCgroup.Place?, _ report: inout LimitReport
    ) throws(EngineError) {
        let name = place?.isV2 == false ? "cpu.cfs_quota_us" : "cpu.max"
        guard let place, ControlFile.exists(place.path(name)) else {
            return (cpu.quota ?? 0) > 0 ? try report.cannot("cpu quota") : ()
        }
        if place.isV2 {
            // One file holds both; what is not given stays as it is.
            let current = ControlFile.text(place.path(name))?.split(separator: " ") ?? []
            let quota = cpu.quota.map { $0 > 0 ? String($0) : "max" } ?? current.first.map(String.init) ?? "max"
            let period = cpu.period.map(String.init) ?? current.dropFirst().first.map(String.init)
            return try LimitWriter.write(
                "\(quota) \(period ?? String(usualPeriod))", path: place.path(name), field: "cpu quota")
        }
        let setPeriod = { () throws(EngineError) -> Void in
            guard let period = cpu.period else { return }
            try LimitWriter.write(String(period), path: place.path("cpu.cfs_period_us"), field: "cpu period")
        }
        let setQuota = { () throws(EngineError) -> Void in
            guard let quota = cpu.quota else { return }
            try LimitWriter.write(quota > 0 ? String(quota) : "-1", path: place.path(name), field: "cpu quota")
        }
        // The kernel holds the share of the cgroup above at every moment: of two changes one may go only second.
        do throws(EngineError) {
            try setPeriod()
            try setQuota()
        } catch {
            try setQuota()
            try setPeriod()
        }
    }

    private static func setRealtime(
        _ cpu: CgroupResources.CPU, at place: ContainerCgroup.Place?, _ report: inout LimitReport
    ) throws(EngineError) {
        let values = [
            ("cpu.rt_period_us", cpu.realtimePeriod.map { Int64(clamping: $0) }, "cpu realtime period"),
            ("cpu.rt_runtime_us", cpu.realtimeRuntime, "cpu realtime runtime"),
        ]
        for (name, value, field) in values {
            guard let value, value != 0 else { continue }
            if place?.isV2 != false {
                try report.cannot(field, because: "cgroups of version 2 have no share of real-time scheduling")
            } else {
                try LimitWriter.write(String(value), to: name, at: place, field: field, &report)
            }
        }
    }

    /// Docker's shares (2 to 262144) as version 2's weight (1 to 10000): the curve that runc and crun use, on which
    /// both ends and both defaults (1024 and 100) meet.
    static func weight(shares: some BinaryInteger) -> Int64 {
        if shares <= 2 { return 1 }
        if shares >= 262_144 { return 10_000 }
        let bits = log2(Double(shares))
        let exponent = (bits * bits + 125 * bits) / 612 - 7.0 / 34
        return Int64(pow(10, exponent).rounded(.up))
    }
}
