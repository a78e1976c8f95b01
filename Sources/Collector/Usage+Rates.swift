import Engine

extension Usage {
    /// What was used per second between two samples: a pure function of them.
    ///
    /// - Parameters:
    ///   - earlier: the sample before; `nil` leaves every rate 0 and gives the totals.
    ///   - later: the newer sample.
    ///   - elapsed: nanoseconds between them by a clock that is never set; the samples' own times may be.
    ///   - hostMemory: bytes, the limit in force where the cgroup has none or a larger one.
    ///
    /// A counter that went back (the container or its cgroup began anew) gives 0 and never a negative or huge rate.
    public init(from earlier: Sample?, to later: Sample, elapsed: Int64, hostMemory: UInt64) {
        self.init(time: later.time)
        memory = later.memory.inUse
        setMemoryKinds(later.memory)
        // A limit above what the host has holds nothing back.
        isMemoryLimited = later.memory.limit.map { $0 < hostMemory || hostMemory == 0 } ?? false
        memoryLimit = isMemoryLimited ? later.memory.limit ?? hostMemory : hostMemory
        oomKills = later.memory.oomKills
        if let earlier { newOOMKills = oomKills - min(oomKills, earlier.memory.oomKills) }
        pids = later.pids
        pidsLimit = later.pidsLimit
        readTotal = later.io.readBytes
        writtenTotal = later.io.writtenBytes
        for interface in later.interfaces {
            receivedTotal &+= interface.receivedBytes
            sentTotal &+= interface.sentBytes
        }
        pressure = later.pressure
        guard let earlier, elapsed > 0 else {
            interfaces = later.interfaces.map(InterfaceRate.init(totals:))
            return
        }
        setProcessorRates(from: earlier.cpu, to: later.cpu, elapsed: elapsed)
        let rate = Rate(elapsed: elapsed)
        readRate = rate(earlier.io.readBytes, later.io.readBytes)
        writeRate = rate(earlier.io.writtenBytes, later.io.writtenBytes)
        setNetworkRates(from: earlier.interfaces, to: later.interfaces, rate)
    }

    private mutating func setMemoryKinds(_ memory: Sample.Memory) {
        memoryFile = memory.file
        memoryAnonymous = memory.anonymous
        memoryKernel = memory.kernel
        memorySlab = memory.slab
        memoryShared = memory.shared
        swap = memory.swap
    }

    private mutating func setProcessorRates(from earlier: Sample.CPU, to later: Sample.CPU, elapsed: Int64) {
        // Nanoseconds of CPU per nanosecond, in per cent of one core.
        func percent(_ before: UInt64, _ after: UInt64) -> Double {
            after > before ? Double(after - before) / Double(elapsed) * 100 : 0
        }
        cpu = percent(earlier.total, later.total)
        cpuUser = percent(earlier.user, later.user)
        cpuSystem = percent(earlier.system, later.system)
        // Every CPU that was held back counts for itself, so the sum can pass the time that went by.
        cpuThrottled = min(100, percent(earlier.throttled, later.throttled))
        if later.periods > earlier.periods, later.throttledPeriods >= earlier.throttledPeriods {
            let held = Double(later.throttledPeriods - earlier.throttledPeriods)
            throttledPeriods = min(100, held / Double(later.periods - earlier.periods) * 100)
        }
        guard !later.cores.isEmpty, earlier.cores.count == later.cores.count else { return }
        cores = zip(earlier.cores, later.cores).map { Float(min(100, percent($0, $1))) }
    }

    private mutating func setNetworkRates(
        from earlier: [Sample.Interface], to later: [Sample.Interface], _ rate: Rate
    ) {
        interfaces = later.map { interface in
            var figures = InterfaceRate(totals: interface)
            // An interface that was not there before has no rate yet: its total may be old.
            if let before = earlier.first(where: { $0.name == interface.name }) {
                figures.receiveRate = rate(before.receivedBytes, interface.receivedBytes)
                figures.sendRate = rate(before.sentBytes, interface.sentBytes)
                figures.receivePackets = rate(before.receivedPackets, interface.receivedPackets)
                figures.sendPackets = rate(before.sentPackets, interface.sentPackets)
            }
            return figures
        }
        for interface in interfaces {
            receiveRate += interface.receiveRate
            sendRate += interface.sendRate
        }
    }
}

extension Usage.InterfaceRate {
    /// What has gone through it so far.
    fileprivate init(totals: Sample.Interface) {
        self.init(name: totals.name, receiveRate: 0, sendRate: 0)
        receivedTotal = totals.receivedBytes
        sentTotal = totals.sentBytes
        errors = totals.receivedErrors &+ totals.sentErrors
        drops = totals.receivedDrops &+ totals.sentDrops
    }
}

/// A counter's growth per second.
private struct Rate {
    let seconds: Double

    init(elapsed: Int64) { seconds = Double(elapsed) / 1e9 }

    func callAsFunction(_ before: UInt64, _ after: UInt64) -> Double {
        after > before ? Double(after - before) / seconds : 0
    }
}
