import Engine
import Glibc

extension ResourceLimits {
    /// These limits in the kernel's terms, devices looked up.
    /// - Throws: `.invalidArgument` for a path that is no block device.
    func cgroupResources() throws(EngineError) -> CgroupResources {
        var resources = CgroupResources()
        resources.memory = memoryResources
        resources.cpu = cpuResources
        resources.pids = pids
        resources.blockIO.weight = blkioWeight.map { UInt16(clamping: $0) }
        for limit in blkioWeightDevices ?? [] {
            let number = try Self.device(limit)
            resources.blockIO.weightDevices.append(
                .init(major: number.major, minor: number.minor, weight: UInt16(clamping: limit.value)))
        }
        resources.blockIO.readBps = try Self.rates(deviceReadBps)
        resources.blockIO.writeBps = try Self.rates(deviceWriteBps)
        resources.blockIO.readIOPS = try Self.rates(deviceReadIOPS)
        resources.blockIO.writeIOPS = try Self.rates(deviceWriteIOPS)
        return resources
    }

    /// 0 lifts a limit, as -1 does.
    private var memoryResources: CgroupResources.Memory {
        var resources = CgroupResources.Memory()
        resources.limit = memory.map { $0 > 0 ? $0 : -1 }
        resources.swap = totalWithSwap
        resources.reservation = memoryReservation
        resources.swappiness = memorySwappiness.flatMap { $0 < 0 ? nil : UInt64($0) }
        resources.disableOOMKiller = oomKillDisable
        return resources
    }

    /// Memory and swap together, with docker's default: as much swap as memory. -1 is unlimited.
    var totalWithSwap: Int64? {
        if let memorySwap, memorySwap != 0 { return memorySwap }
        guard let memory else { return nil }
        guard memory > 0 else { return -1 }
        let (double, overflow) = memory.multipliedReportingOverflow(by: 2)
        return overflow ? -1 : double
    }

    private var cpuResources: CgroupResources.CPU {
        var resources = CgroupResources.CPU()
        resources.shares = cpuShares.flatMap { $0 > 0 ? UInt64($0) : nil }
        resources.cpus = cpusetCPUs
        resources.mems = cpusetMems
        if let nanoCPUs {
            // The kernel refuses less than a millisecond.
            let quota = max(1000, nanoCPUs / (1_000_000_000 / Int64(CPUController.usualPeriod)))
            resources.quota = nanoCPUs > 0 ? quota : -1
            resources.period = nanoCPUs > 0 ? CPUController.usualPeriod : nil
        } else {
            resources.quota = cpuQuota.map { $0 > 0 ? $0 : -1 }
            resources.period = cpuPeriod.flatMap { $0 > 0 ? UInt64($0) : nil }
        }
        return resources
    }

    private static func rates(_ limits: [DeviceLimit]?) throws(EngineError) -> [CgroupResources.DeviceRate] {
        var rates: [CgroupResources.DeviceRate] = []
        for limit in limits ?? [] {
            let number = try device(limit)
            rates.append(.init(major: number.major, minor: number.minor, rate: limit.value))
        }
        return rates
    }

    private static func device(_ limit: DeviceLimit) throws(EngineError) -> (major: Int64, minor: Int64) {
        var facts = stat()
        guard stat(limit.path, &facts) == 0 else {
            throw EngineError(
                .invalidArgument, "device \(limit.path): \(String(cString: strerror(errno)))",
                hint: "name a block device of the host, such as /dev/sda")
        }
        guard facts.st_mode & S_IFMT == S_IFBLK else {
            throw EngineError(.invalidArgument, "device \(limit.path): this is no block device")
        }
        // As glibc packs them (makedev(3)), whose functions are macros.
        let number = UInt64(facts.st_rdev)
        return (
            Int64((number >> 8) & 0xfff | (number >> 32) & 0xffff_f000),
            Int64(number & 0xff | (number >> 12) & 0xffff_ff00)
        )
    }
}
