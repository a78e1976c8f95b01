import Engine
import Glibc

/// The cpu controller: quota (`cpu.max`, `cpu.cfs_quota_us`) and weight (`cpu.weight`, `cpu.shares`).
enum CPUController {
    /// Microseconds; the kernel's own default.
    private static let period: Int64 = 100_000

    static func apply(_ limits: ResourceLimits, at place: ContainerCgroup.Place?) throws(EngineError) -> [String] {
        var warnings: [String] = []
        if let nanoCPUs = limits.nanoCPUs {
            warnings += try setQuota(nanoCPUs, at: place)
        }
        // No file lifts a weight: 0 leaves the kernel's default alone.
        if let shares = limits.cpuShares, shares > 0 {
            let isV2 = place?.isV2 ?? true
            warnings += try LimitWriter.write(
                String(isV2 ? weight(shares: shares) : shares), to: isV2 ? "cpu.weight" : "cpu.shares", at: place,
                field: "cpu shares")
        }
        return warnings
    }

    private static func setQuota(_ nanoCPUs: Int64, at place: ContainerCgroup.Place?) throws(EngineError) -> [String] {
        let name = place?.isV2 == false ? "cpu.cfs_quota_us" : "cpu.max"
        guard let place, ControlFile.exists(place.path(name)) else {
            return nanoCPUs > 0 ? [LimitWriter.missing("cpus")] : []
        }
        // The kernel refuses less than a millisecond.
        let quota = max(1000, nanoCPUs / (1_000_000_000 / period))
        if place.isV2 {
            return try LimitWriter.write(
                nanoCPUs > 0 ? "\(quota) \(period)" : "max \(period)", to: name, at: place, field: "cpus")
        }
        return try LimitWriter.write(String(period), to: "cpu.cfs_period_us", at: place, field: "cpus")
            + LimitWriter.write(nanoCPUs > 0 ? String(quota) : "-1", to: name, at: place, field: "cpus")
    }

    /// Docker's shares (2 to 262144) as version 2's weight (1 to 10000): the curve that runc and crun use, on which
    /// both ends and both defaults (1024 and 100) meet.
    static func weight(shares: Int64) -> Int64 {
        if shares <= 2 { return 1 }
        if shares >= 262_144 { return 10_000 }
        let bits = log2(Double(shares))
        let exponent = (bits * bits + 125 * bits) / 612 - 7.0 / 34
        return Int64(pow(10, exponent).rounded(.up))
    }
}
