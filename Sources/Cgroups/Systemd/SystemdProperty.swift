import DBus

/// A property of a unit, as `StartTransientUnit` and `SetUnitProperties` take it (systemd.resource-control(5)).
struct SystemdProperty: Hashable {
    let name: String
    let value: DBusValue

    init(_ name: String, _ value: DBusValue) {
        self.name = name
        self.value = value
    }

    /// `a(sv)`
    static func list(_ properties: [SystemdProperty]) -> DBusValue {
        .array(of: "(sv)", properties.map { .structure([.string($0.name), .variant($0.value)]) })
    }

    /// What every container's scope is: delegated, so that systemd leaves its inside alone, counted, and forgotten when it ends.
    static func scope(_ path: SystemdUnitPath, description: String, holder: UInt32, isV2: Bool) -> [SystemdProperty] {
        [
            SystemdProperty("Description", .string(description)),
            SystemdProperty("Slice", .string(path.slice)),
            SystemdProperty("Delegate", .boolean(true)),
            SystemdProperty("PIDs", .array(of: "u", [.uint32(holder)])),
            SystemdProperty("DefaultDependencies", .boolean(false)),
            SystemdProperty("CollectMode", .string("inactive-or-failed")),
            SystemdProperty("MemoryAccounting", .boolean(true)),
            SystemdProperty("CPUAccounting", .boolean(true)),
            SystemdProperty("TasksAccounting", .boolean(true)),
            SystemdProperty(isV2 ? "IOAccounting" : "BlockIOAccounting", .boolean(true)),
        ]
    }

    /// The limits that systemd knows of. The kernel's files get them too, and the rest: systemd keeps them through
    /// `daemon-reload` and shows them, the files have them to the last digit.
    /// - Parameter isV2: the controllers are on version 2.
    static func limits(_ resources: CgroupResources, isV2: Bool) -> [SystemdProperty] {
        var properties: [SystemdProperty] = []
        func set(_ name: String, _ number: UInt64?) {
            if let number { properties.append(SystemdProperty(name, .uint64(number))) }
        }
        let memory = resources.memory
        set(isV2 ? "MemoryMax" : "MemoryLimit", memory.limit.flatMap(bound))
        if isV2 {
            set("MemoryLow", memory.reservation.flatMap { $0 < 0 ? 0 : UInt64($0) })
            set("MemorySwapMax", swap(memory))
        }
        if let shares = resources.cpu.shares, shares > 0, resources.cpu.idle ?? 0 == 0 {
            let weight = isV2 ? UInt64(clamping: CPUController.weight(shares: shares)) : min(262_144, max(2, shares))
            set(isV2 ? "CPUWeight" : "CPUShares", weight)
        }
        set("CPUQuotaPerSecUSec", resources.cpu.quota.map { perSecond(quota: $0, period: resources.cpu.period) })
        set("CPUQuotaPeriodUSec", resources.cpu.period)
        set("TasksMax", resources.pids.flatMap(bound))
        if let weight = resources.blockIO.weight, weight > 0 {
            set(
                isV2 ? "IOWeight" : "BlockIOWeight",
                isV2 ? UInt64(BlockIOController.weight(blkio: weight)) : UInt64(weight))
        }
        if !isV2, let rules = resources.devices { properties += devices(rules) }
        if isV2 {
            for (name, list) in [("AllowedCPUs", resources.cpu.cpus), ("AllowedMemoryNodes", resources.cpu.mems)] {
                if let mask = list.flatMap(mask) { properties.append(SystemdProperty(name, .bytes(mask))) }
            }
            properties += unified(resources.unified)
        }
        return properties
    }

    /// On version 1 systemd must know of the devices: it takes processes out of a devices cgroup that it did not ask for, and
    /// writes the ones it did ask for anew. What its list cannot say (a minor number of every driver, exceptions from what
    /// is allowed) only the kernel's file has.
    private static func devices(_ rules: [DeviceRule]) -> [SystemdProperty] {
        var allowed: [DBusValue] = []
        for rule in rules {
            guard let kind = rule.kind == .block ? "block" : rule.kind == .character ? "char" : nil else {
                allowed = []
                if rule.allow { return [SystemdProperty("DevicePolicy", .string("auto"))] }
                continue
            }
            guard rule.allow else { continue }
            let name: String
            switch (rule.major, rule.minor) {
            case (nil, nil): name = "\(kind)-*"
            case (let major?, nil): name = "\(kind)-\(major)"
            case (let major?, let minor?): name = "/dev/\(kind)/\(major):\(minor)"
            case (nil, _): continue
            }
            allowed.append(.structure([.string(name), .string(rule.access)]))
        }
        return [
            SystemdProperty("DevicePolicy", .string("strict")),
            SystemdProperty("DeviceAllow", .array(of: "(ss)", allowed)),
        ]
    }

    /// Files of version 2 that systemd has a property for.
    private static func unified(_ files: [String: String]) -> [SystemdProperty] {
        let numbers = [
            "memory.max": "MemoryMax", "memory.high": "MemoryHigh", "memory.low": "MemoryLow",
            "memory.min": "MemoryMin",
            "memory.swap.max": "MemorySwapMax", "pids.max": "TasksMax", "cpu.weight": "CPUWeight",
        ]
        let masks = ["cpuset.cpus": "AllowedCPUs", "cpuset.mems": "AllowedMemoryNodes"]
        var properties: [SystemdProperty] = []
        for (file, text) in files.sorted(by: { $0.key < $1.key }) {
            let words = text.split(separator: " ").map(String.init)
            if let name = numbers[file], let number = words.first == "max" ? .max : UInt64(words.first ?? "") {
                properties.append(SystemdProperty(name, .uint64(number)))
            } else if let name = masks[file], let mask = mask(text) {
                properties.append(SystemdProperty(name, .bytes(mask)))
            } else if file == "cpu.max", let quota = words.first == "max" ? -1 : Int64(words.first ?? "") {
                let period = words.count > 1 ? UInt64(words[1]) : nil
                properties.append(
                    SystemdProperty("CPUQuotaPerSecUSec", .uint64(perSecond(quota: quota, period: period))))
                if let period { properties.append(SystemdProperty("CPUQuotaPeriodUSec", .uint64(period))) }
            }
        }
        return properties
    }

    /// -1 is no bound, which systemd writes as the largest number; 0 says nothing.
    private static func bound(_ number: Int64) -> UInt64? { number == 0 ? nil : number < 0 ? .max : UInt64(number) }

    /// Swap alone, where the runtime-spec has memory and swap together.
    private static func swap(_ memory: CgroupResources.Memory) -> UInt64? {
        guard let total = memory.swap else { return nil }
        if total < 0 { return .max }
        guard let limit = memory.limit, limit >= 0, total >= limit else { return nil }
        return UInt64(total - limit)
    }

    /// Microseconds of processor time in a second. Systemd keeps whole hundredths of a processor, so the number is rounded
    /// up: it may not be tighter than what the file says.
    private static func perSecond(quota: Int64, period: UInt64?) -> UInt64 {
        guard quota > 0 else { return .max }
        let period = max(1, period ?? CPUController.usualPeriod)
        let (product, isTooMuch) = UInt64(quota).multipliedReportingOverflow(by: 1_000_000)
        let exact = product / period
        return isTooMuch || exact > UInt64.max - 9_999 ? .max : (exact + 9_999) / 10_000 * 10_000
    }

    /// A list such as `0-2,4` as bits; `nil` when it is none, or names what no kernel has.
    static func mask(_ list: String) -> [UInt8]? {
        var mask: [UInt8] = []
        for part in list.split(separator: ",") {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first >= 0,
                first <= last,
                last < 8192
            else { return nil }
            while mask.count <= last / 8 { mask.append(0) }
            for number in first...last { mask[number / 8] |= 1 << UInt8(number % 8) }
        }
        return mask.isEmpty ? nil : mask
    }
}
