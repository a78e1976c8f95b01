import Engine

/// Limits and restart policies as `HostConfig` and `POST /containers/ID/update` have them; what is not set stays out.
enum LimitWriting {
    static func limits(_ limits: ResourceLimits) -> [String: JSONNode] {
        var node: [String: JSONNode] = [:]
        func number(_ name: String, _ value: Int64?) { if let value { node[name] = .integer(value) } }
        func word(_ name: String, _ value: String?) { if let value { node[name] = .string(value) } }
        func devices(_ name: String, _ limits: [DeviceLimit]?, _ value: String = "Rate") {
            guard let limits else { return }
            node[name] = .list(limits.map { .object(["Path": .string($0.path), value: .integer($0.value)]) })
        }
        number("Memory", limits.memory)
        number("MemorySwap", limits.memorySwap)
        number("MemoryReservation", limits.memoryReservation)
        number("MemorySwappiness", limits.memorySwappiness)
        if let disable = limits.oomKillDisable { node["OomKillDisable"] = .bool(disable) }
        number("NanoCpus", limits.nanoCPUs)
        number("CpuShares", limits.cpuShares)
        number("CpuPeriod", limits.cpuPeriod)
        number("CpuQuota", limits.cpuQuota)
        word("CpusetCpus", limits.cpusetCPUs)
        word("CpusetMems", limits.cpusetMems)
        number("PidsLimit", limits.pids)
        number("BlkioWeight", limits.blkioWeight)
        devices("BlkioWeightDevice", limits.blkioWeightDevices, "Weight")
        devices("BlkioDeviceReadBps", limits.deviceReadBps)
        devices("BlkioDeviceWriteBps", limits.deviceWriteBps)
        devices("BlkioDeviceReadIOps", limits.deviceReadIOPS)
        devices("BlkioDeviceWriteIOps", limits.deviceWriteIOPS)
        return node
    }

    static func policy(_ policy: RestartPolicy) -> JSONNode {
        switch policy {
        case .no: .object(["Name": .string("no")])
        case .always: .object(["Name": .string("always")])
        case .unlessStopped: .object(["Name": .string("unless-stopped")])
        case .onFailure(let most):
            .object(["Name": .string("on-failure"), "MaximumRetryCount": .integer(most ?? 0)])
        }
    }
}
