import Engine

/// What a container is limited to and given of the machine, as `.HostConfig` of `inspect` shows it: docker's names and order.
enum LimitInspection {
    /// The members.
    static func members(_ limits: ResourceLimits, _ system: SystemOptions?) -> [JSONValue.Member] {
        let sysctls = system?.sysctls ?? [:]
        let values: [(String, JSONValue)] = [
            ("CpuShares", .integer(limits.cpuShares ?? 0)),
            ("Memory", .integer(limits.memory ?? 0)),
            ("NanoCpus", .integer(limits.nanoCPUs ?? 0)),
            ("CgroupParent", .string(system?.cgroupParent ?? "")),
            ("BlkioWeight", .integer(limits.blkioWeight ?? 0)),
            ("BlkioWeightDevice", list(limits.blkioWeightDevices, "Weight")),
            ("BlkioDeviceReadBps", list(limits.deviceReadBps, "Rate")),
            ("BlkioDeviceWriteBps", list(limits.deviceWriteBps, "Rate")),
            ("BlkioDeviceReadIOps", list(limits.deviceReadIOPS, "Rate")),
            ("BlkioDeviceWriteIOps", list(limits.deviceWriteIOPS, "Rate")),
            ("CpuPeriod", .integer(limits.cpuPeriod ?? 0)),
            ("CpuQuota", .integer(limits.cpuQuota ?? 0)),
            ("CpuRealtimePeriod", 0),
            ("CpuRealtimeRuntime", 0),
            ("CpusetCpus", .string(limits.cpusetCPUs ?? "")),
            ("CpusetMems", .string(limits.cpusetMems ?? "")),
            ("Devices", .array((system?.devices ?? []).map(device))),
            ("DeviceCgroupRules", (system?.deviceRules).flatMap { $0.isEmpty ? nil : .strings($0) } ?? nil),
            ("DeviceRequests", nil),
            ("MemoryReservation", .integer(limits.memoryReservation ?? 0)),
            ("MemorySwap", .integer(limits.memorySwap ?? 0)),
            ("MemorySwappiness", limits.memorySwappiness.map { .integer($0) } ?? nil),
            ("OomKillDisable", .bool(limits.oomKillDisable ?? false)),
            ("PidsLimit", limits.pids.map { .integer($0) } ?? nil),
            ("Ulimits", .array((system?.ulimits ?? []).map(ulimit))),
        ]
        // Docker leaves this one out where it is empty.
        let own = sysctls.isEmpty ? [] : [("Sysctls", JSONValue.map(sysctls))]
        return (own + values).map { JSONValue.Member(key: $0.0, value: $0.1) }
    }

    private static func list(_ limits: [DeviceLimit]?, _ name: String) -> JSONValue {
        .array(
            (limits ?? []).map { limit in
                .object([
                    .init(key: "Path", value: .string(limit.path)),
                    .init(key: name, value: .integer(Int64(clamping: limit.value))),
                ])
            })
    }

    private static func device(_ device: SystemOptions.Device) -> JSONValue {
        [
            "PathOnHost": .string(device.pathOnHost),
            "PathInContainer": .string(device.pathInContainer),
            "CgroupPermissions": .string(device.access),
        ]
    }

    private static func ulimit(_ limit: SystemOptions.Ulimit) -> JSONValue {
        ["Name": .string(limit.name), "Hard": .integer(limit.hard), "Soft": .integer(limit.soft)]
    }
}
