extension SpecCheck {
    mutating func look(at resources: LinuxResources, _ at: String) {
        for (index, rule) in (resources.devices ?? []).enumerated() { look(at: rule, "\(at)devices[\(index)]") }
        if let memory = resources.memory { look(at: memory, at + "memory") }
        if let cpu = resources.cpu { look(at: cpu, at + "cpu") }
        if let pids = resources.pids, pids.limit < -1 { problem(at + "pids.limit", "\(pids.limit) is less than -1") }
        if let blockIO = resources.blockIO { look(at: blockIO, at + "blockIO") }
        var sizes: Set<String> = []
        for (index, limit) in (resources.hugepageLimits ?? []).enumerated() {
            let place = "\(at)hugepageLimits[\(index)].pageSize"
            if !Self.isPageSize(limit.pageSize) { problem(place, "'\(limit.pageSize)' is not a size such as 2MB") }
            if !sizes.insert(limit.pageSize).inserted { problem(place, "\(limit.pageSize) is there twice") }
        }
        for name in (resources.unified ?? [:]).keys.sorted() {
            let isFile = !name.isEmpty && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
            if !isFile { problem("\(at)unified[\"\(name)\"]", "not the name of a cgroup file") }
        }
        for name in (resources.rdma ?? [:]).keys.sorted() where name.isEmpty || name.contains(where: \.isWhitespace) {
            problem("\(at)rdma[\"\(name)\"]", "not the name of a device")
        }
    }

    private mutating func look(at rule: LinuxDeviceCgroup, _ at: String) {
        if let type = rule.type, !type.isEmpty { expect(type, among: ["a", "b", "c"], at + ".type") }
        if let access = rule.access, !access.allSatisfy({ "rwm".contains($0) }) {
            problem(at + ".access", "'\(access)' holds more than r, w and m")
        }
        for (name, number) in [("major", rule.major), ("minor", rule.minor)] {
            if let number, number < -1 || number > Int64(UInt32.max) {
                problem("\(at).\(name)", "\(number) is no device number")
            }
        }
    }

    private mutating func look(at memory: LinuxResources.Memory, _ at: String) {
        let values = [
            ("limit", memory.limit), ("reservation", memory.reservation), ("swap", memory.swap),
            ("kernel", memory.kernel), ("kernelTCP", memory.kernelTCP),
        ]
        for (name, value) in values {
            if let value, value < -1 { problem("\(at).\(name)", "\(value) is less than -1") }
        }
        if let limit = memory.limit, let swap = memory.swap, limit > 0, swap > 0, swap < limit {
            problem(at + ".swap", "memory and swap together, \(swap), are less than memory.limit, \(limit)")
        }
        if let limit = memory.limit, let reservation = memory.reservation, limit > 0, reservation > limit {
            problem(at + ".reservation", "\(reservation) is more than memory.limit, \(limit)")
        }
        if let swappiness = memory.swappiness, swappiness > 100, swappiness != UInt64.max {
            problem(at + ".swappiness", "\(swappiness) is not within 0 to 100")
        }
        if memory.kernel != nil { warning(at + ".kernel", "kernels no longer have this limit; it is passed over") }
    }

    private mutating func look(at cpu: LinuxResources.CPU, _ at: String) {
        if let idle = cpu.idle, !(0...1).contains(idle) { problem(at + ".idle", "\(idle) is neither 0 nor 1") }
        for (name, list) in [("cpus", cpu.cpus), ("mems", cpu.mems)] {
            if let list, !list.isEmpty, !SpecWords.isNumberList(list) {
                problem("\(at).\(name)", "'\(list)' is not a list of numbers such as 0-2,7")
            }
        }
        if let burst = cpu.burst, let quota = cpu.quota, quota > 0, burst > UInt64(quota) {
            problem(at + ".burst", "\(burst) is more than the quota, \(quota)")
        }
    }

    private mutating func look(at blockIO: LinuxResources.BlockIO, _ at: String) {
        lookAtWeight(blockIO.weight, at + ".weight")
        lookAtWeight(blockIO.leafWeight, at + ".leafWeight")
        for (index, device) in (blockIO.weightDevice ?? []).enumerated() {
            let place = "\(at).weightDevice[\(index)]"
            lookAtWeight(device.weight, place + ".weight")
            lookAtWeight(device.leafWeight, place + ".leafWeight")
            if device.weight == nil, device.leafWeight == nil { problem(place, "has neither weight nor leafWeight") }
            lookAtNumbers(device.major, device.minor, place)
        }
        let throttles = [
            ("throttleReadBpsDevice", blockIO.throttleReadBpsDevice),
            ("throttleWriteBpsDevice", blockIO.throttleWriteBpsDevice),
            ("throttleReadIOPSDevice", blockIO.throttleReadIOPSDevice),
            ("throttleWriteIOPSDevice", blockIO.throttleWriteIOPSDevice),
        ]
        for (name, devices) in throttles {
            for (index, device) in (devices ?? []).enumerated() {
                lookAtNumbers(device.major, device.minor, "\(at).\(name)[\(index)]")
            }
        }
    }

    private mutating func lookAtWeight(_ weight: UInt16?, _ place: String) {
        // 0 is what engines write for "not set".
        if let weight, weight != 0, !(10...1000).contains(weight) {
            problem(place, "\(weight) is not within 10 to 1000")
        }
    }

    private mutating func lookAtNumbers(_ major: Int64, _ minor: Int64, _ place: String) {
        for (name, number) in [("major", major), ("minor", minor)] where !(0...Int64(UInt32.max)).contains(number) {
            problem("\(place).\(name)", "\(number) is no device number")
        }
    }

    /// `2MB`: a number, a unit, `B` (runtime-spec, config-linux.md, "Huge page limits").
    private static func isPageSize(_ text: String) -> Bool {
        guard let unit = ["KB", "MB", "GB"].first(where: text.hasSuffix) else { return false }
        let digits = text.dropLast(unit.count)
        return !digits.isEmpty && digits.first != "0" && digits.allSatisfy { $0.isASCII && $0.isNumber }
    }
}
