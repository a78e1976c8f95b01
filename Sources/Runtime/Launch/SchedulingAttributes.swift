import OCI

/// `struct sched_attr` of sched_setattr(2), 48 bytes.
enum SchedulingAttributes {
    static func bytes(_ scheduler: Scheduler) -> [UInt8] {
        var bytes: [UInt8] = []
        func append<Value>(_ value: Value) { withUnsafeBytes(of: value) { bytes += $0 } }
        append(UInt32(48))
        append(policies[scheduler.policy] ?? 0)
        append((scheduler.flags ?? []).reduce(UInt64(0)) { $0 | (flags[$1] ?? 0) })
        append(scheduler.nice ?? 0)
        append(UInt32(clamping: scheduler.priority ?? 0))
        append(scheduler.runtime ?? 0)
        append(scheduler.deadline ?? 0)
        append(scheduler.period ?? 0)
        return bytes
    }

    private static let policies: [String: UInt32] = [
        "SCHED_OTHER": 0, "SCHED_FIFO": 1, "SCHED_RR": 2, "SCHED_BATCH": 3, "SCHED_ISO": 4, "SCHED_IDLE": 5,
        "SCHED_DEADLINE": 6,
    ]
    private static let flags: [String: UInt64] = [
        "SCHED_FLAG_RESET_ON_FORK": 1, "SCHED_FLAG_RECLAIM": 2, "SCHED_FLAG_DL_OVERRUN": 4,
        "SCHED_FLAG_KEEP_POLICY": 8, "SCHED_FLAG_KEEP_PARAMS": 16, "SCHED_FLAG_UTIL_CLAMP_MIN": 32,
        "SCHED_FLAG_UTIL_CLAMP_MAX": 64,
    ]
}
