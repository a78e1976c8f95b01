import Engine
import Glibc

extension ResourceLimits {
    /// The kernel lets a container start with less, and then kills it at once: docker's floor.
    static let leastMemory: Int64 = 6 << 20

    /// Refuses limits that make no sense, naming the field.
    ///
    /// `0` and `-1` stand for "no limit" in memory, swap and pids, `0` for CPUs.
    /// - Parameter cpuCount: the host's CPUs, the most that `nanoCPUs` can ask for.
    public func check(cpuCount: Int = Int(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))) throws(EngineError) {
        try checkMemory()
        if let nanoCPUs, nanoCPUs != 0 {
            let most = Int64(cpuCount).multipliedReportingOverflow(by: 1_000_000_000).partialValue
            guard nanoCPUs >= 10_000_000, nanoCPUs <= most else {
                throw EngineError(
                    .invalidArgument, "cpus: \(Double(nanoCPUs) / 1e9) is out of range: this host has \(cpuCount)",
                    hint: "from 0.01 to \(cpuCount)")
            }
        }
        try checkCPUTime()
        try checkBlockIO()
        if let pids, pids < -1 {
            throw EngineError(.invalidArgument, "pids limit: \(pids) is negative", hint: "-1 for no limit")
        }
        try Self.checkList(cpusetCPUs, field: "cpuset cpus")
        try Self.checkList(cpusetMems, field: "cpuset mems")
    }

    private func checkCPUTime() throws(EngineError) {
        if let cpuShares, cpuShares != 0, !(2...262_144).contains(cpuShares) {
            throw EngineError(.invalidArgument, "cpu shares: \(cpuShares) is out of range", hint: "from 2 to 262144")
        }
        if (nanoCPUs ?? 0) > 0, (cpuPeriod ?? 0) > 0 || (cpuQuota ?? 0) > 0 {
            throw EngineError(
                .invalidArgument, "cpus: quota and period say the same in another way", hint: "give one or the other")
        }
        if let cpuPeriod, cpuPeriod != 0, !(1000...1_000_000).contains(cpuPeriod) {
            throw EngineError(
                .invalidArgument, "cpu period: \(cpuPeriod) is out of range", hint: "from 1000 to 1000000 microseconds")
        }
        if let cpuQuota, cpuQuota > 0, cpuQuota < 1000 {
            throw EngineError(
                .invalidArgument, "cpu quota: \(cpuQuota) is too little", hint: "at least 1000 microseconds")
        }
    }

    private func checkBlockIO() throws(EngineError) {
        if let blkioWeight, blkioWeight != 0, !(10...1000).contains(blkioWeight) {
            throw EngineError(.invalidArgument, "blkio weight: \(blkioWeight) is out of range", hint: "from 10 to 1000")
        }
        for device in blkioWeightDevices ?? [] where device.value != 0 && !(10...1000).contains(device.value) {
            throw EngineError(
                .invalidArgument, "blkio weight device: \(device.value) is out of range for \(device.path)",
                hint: "from 10 to 1000")
        }
    }

    private func checkMemory() throws(EngineError) {
        let fields = [("memory", memory), ("memory swap", memorySwap), ("memory reservation", memoryReservation)]
        for (field, value) in fields {
            guard let value, value < -1 else { continue }
            throw EngineError(.invalidArgument, "\(field): \(value) bytes is negative", hint: "-1 for no limit")
        }
        if let memorySwappiness, !(-1...100).contains(memorySwappiness) {
            throw EngineError(
                .invalidArgument, "memory swappiness: \(memorySwappiness) is out of range", hint: "from 0 to 100")
        }
        if let memory, memory > 0, memory < Self.leastMemory {
            throw EngineError(.invalidArgument, "memory: \(memory) bytes is too little", hint: "at least 6 MiB")
        }
        if let memorySwap, memorySwap > 0 {
            guard let memory, memory > 0 else {
                throw EngineError(
                    .invalidArgument, "memory swap: a limit needs a memory limit beside it", hint: "give memory too")
            }
            guard memorySwap >= memory else {
                throw EngineError(
                    .invalidArgument, "memory swap: \(memorySwap) bytes is less than the memory limit of \(memory)",
                    hint: "it limits memory and swap together")
            }
        }
        if let memoryReservation, memoryReservation > 0, let memory, memory > 0, memoryReservation > memory {
            throw EngineError(
                .invalidArgument,
                "memory reservation: \(memoryReservation) bytes is more than the memory limit of \(memory)")
        }
    }

    /// The kernel's list syntax (cpuset(7), "List format"): numbers and rising ranges, between commas.
    private static func checkList(_ list: String?, field: String) throws(EngineError) {
        guard let list, !list.isEmpty else { return }
        let isRight = list.utf8.split(separator: 0x2c, omittingEmptySubsequences: false).allSatisfy { part in
            let ends = part.split(separator: 0x2d, maxSplits: 1, omittingEmptySubsequences: false)
            let numbers = ends.compactMap { end in
                end.allSatisfy { (0x30...0x39).contains($0) } ? UInt16(String(decoding: end, as: UTF8.self)) : nil
            }
            guard numbers.count == ends.count, let first = numbers.first, let last = numbers.last else { return false }
            return first <= last
        }
        guard isRight else {
            throw EngineError(.invalidArgument, "\(field): '\(list)' is not a list of numbers", hint: "such as 0-2,4")
        }
    }
}
