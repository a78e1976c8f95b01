import Cgroups
import Engine
import OCI

extension LinuxResources {
    /// These limits in the terms of the room Cgroups.
    ///
    /// The rules for devices come in the order of the configuration, and after them the devices that every container has
    /// (runtime-spec, config-linux.md, "Default Devices"), as runc and crun have it.
    /// - Parameter isUpdate: without rules the devices stay as they are.
    /// - Throws: `.invalidArgument` for numbers that no device has.
    public func cgroupResources(isUpdate: Bool = false) throws(EngineError) -> CgroupResources {
        var resources = CgroupResources()
        resources.memory = memory?.cgroupResources ?? .init()
        resources.cpu = cpu?.cgroupResources ?? .init()
        // 0 is what those write who mean nothing by it.
        resources.pids = pids.flatMap { $0.limit == 0 ? nil : $0.limit }
        resources.blockIO = blockIO?.cgroupResources ?? .init()
        for limit in hugepageLimits ?? [] { resources.hugePages[limit.pageSize] = limit.limit }
        if devices != nil || !isUpdate {
            var rules: [DeviceRule] = []
            for (index, rule) in (devices ?? []).enumerated() { rules += try rule.cgroupRules(at: index) }
            resources.devices = rules + DeviceRule.standard
        }
        resources.network.classID = network?.classID
        for priority in network?.priorities ?? [] { resources.network.priorities[priority.name] = priority.priority }
        resources.rdma = (rdma ?? [:]).mapValues { .init(handles: $0.hcaHandles, objects: $0.hcaObjects) }
        resources.unified = unified ?? [:]
        return resources
    }
}

extension LinuxResources.Memory {
    /// 0 is left alone, as runc does: engines write it where nothing was asked for.
    fileprivate var cgroupResources: CgroupResources.Memory {
        func given(_ value: Int64?) -> Int64? { value == 0 ? nil : value }
        var resources = CgroupResources.Memory()
        resources.limit = given(limit)
        resources.swap = given(swap)
        resources.reservation = given(reservation)
        // Engines write all bits set where nothing was asked for.
        resources.swappiness = swappiness.flatMap { $0 == UInt64.max ? nil : $0 }
        resources.disableOOMKiller = disableOOMKiller
        resources.kernel = given(kernel)
        resources.kernelTCP = given(kernelTCP)
        resources.checkBeforeUpdate = checkBeforeUpdate
        return resources
    }
}

extension LinuxResources.CPU {
    fileprivate var cgroupResources: CgroupResources.CPU {
        var resources = CgroupResources.CPU()
        resources.shares = shares
        resources.quota = quota == 0 ? nil : quota
        resources.period = period == 0 ? nil : period
        resources.burst = burst
        resources.idle = idle
        resources.realtimeRuntime = realtimeRuntime
        resources.realtimePeriod = realtimePeriod
        resources.cpus = cpus
        resources.mems = mems
        return resources
    }
}

extension LinuxResources.BlockIO {
    fileprivate var cgroupResources: CgroupResources.BlockIO {
        var resources = CgroupResources.BlockIO()
        resources.weight = weight
        resources.leafWeight = leafWeight
        resources.weightDevices = (weightDevice ?? []).map {
            .init(major: $0.major, minor: $0.minor, weight: $0.weight, leafWeight: $0.leafWeight)
        }
        resources.readBps = Self.rates(throttleReadBpsDevice)
        resources.writeBps = Self.rates(throttleWriteBpsDevice)
        resources.readIOPS = Self.rates(throttleReadIOPSDevice)
        resources.writeIOPS = Self.rates(throttleWriteIOPSDevice)
        return resources
    }

    private static func rates(_ devices: [LinuxResources.ThrottleDevice]?) -> [CgroupResources.DeviceRate] {
        (devices ?? []).map { .init(major: $0.major, minor: $0.minor, rate: $0.rate) }
    }
}

extension LinuxDeviceCgroup {
    /// One rule for what is said of one kind or of everything; two where numbers or rights are named for both kinds.
    fileprivate func cgroupRules(at index: Int) throws(EngineError) -> [DeviceRule] {
        let field = "linux.resources.devices[\(index)]"
        let major = try Self.number(major, "\(field).major")
        let minor = try Self.number(minor, "\(field).minor")
        // No rights stand for all of them, as a rule for everything has none.
        let access = access.flatMap { $0.isEmpty ? nil : $0 } ?? "rwm"
        guard access.allSatisfy("rwm".contains) else {
            throw EngineError(.invalidArgument, "\(field).access: '\(access)' has other letters than r, w and m")
        }
        func rule(_ kind: DeviceRule.Kind) -> DeviceRule {
            DeviceRule(kind, major: major, minor: minor, access: access, allow: allow)
        }
        switch type {
        case "c", "u": return [rule(.character)]
        case "b": return [rule(.block)]
        case nil, "", "a":
            let isAll = major == nil && minor == nil && "rwm".allSatisfy(access.contains)
            return isAll ? [rule(.all)] : [rule(.character), rule(.block)]
        case let other?:
            throw EngineError(.invalidArgument, "\(field).type: '\(other)' is not a, b or c")
        }
    }

    /// `nil` is any.
    private static func number(_ value: Int64?, _ field: String) throws(EngineError) -> UInt32? {
        guard let value, value != -1 else { return nil }
        guard let number = UInt32(exactly: value) else {
            throw EngineError(.invalidArgument, "\(field): \(value) is no device's number")
        }
        return number
    }
}
