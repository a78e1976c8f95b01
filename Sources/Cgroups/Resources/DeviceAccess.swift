import Engine

/// An ordered list of rules as version 1's devices controller can hold it: all devices or none, and exceptions from that.
///
/// The kernel keeps exceptions without an order, and takes one back only when it is named exactly. So the list is carried
/// out here: each rule adds to the exceptions or takes from them. A hole in a wildcard cannot be said to it.
struct DeviceAccess: Hashable {
    private(set) var allowsByDefault = false
    /// What differs from the default, in the order in which it was first named.
    private(set) var exceptions: [DeviceRule] = []

    init(_ rules: [DeviceRule]) throws(EngineError) {
        for rule in rules {
            if rule.kind == .all {
                allowsByDefault = rule.allow
                exceptions = []
            } else if rule.allow == allowsByDefault {
                try takeBack(rule)
            } else {
                add(rule)
            }
        }
    }

    private mutating func add(_ rule: DeviceRule) {
        guard let index = exceptions.firstIndex(where: { $0.names(rule) }) else { return exceptions.append(rule) }
        let all = exceptions[index].access + rule.access
        exceptions[index].access = String("rwm".filter(all.contains))
    }

    private mutating func takeBack(_ rule: DeviceRule) throws(EngineError) {
        var left: [DeviceRule] = []
        for var exception in exceptions {
            if rule.covers(exception) {
                exception.access = exception.access.filter { !rule.access.contains($0) }
                if !exception.access.isEmpty { left.append(exception) }
                continue
            }
            guard !exception.overlaps(rule) else {
                throw EngineError(
                    .unsupported,
                    "devices: '\(rule.text)' would make a hole in '\(exception.text)', which cgroups of version 1 cannot have",
                    hint: "name the devices one by one")
            }
            left.append(exception)
        }
        exceptions = left
    }
}

extension DeviceRule {
    /// Whether both name the same devices.
    fileprivate func names(_ other: DeviceRule) -> Bool {
        kind == other.kind && major == other.major && minor == other.minor
    }

    /// Whether every device of the other is one of these.
    fileprivate func covers(_ other: DeviceRule) -> Bool {
        kind == other.kind && (major == nil || major == other.major) && (minor == nil || minor == other.minor)
    }

    /// Whether some device with some access is in both.
    fileprivate func overlaps(_ other: DeviceRule) -> Bool {
        kind == other.kind && (major == nil || other.major == nil || major == other.major)
            && (minor == nil || other.minor == nil || minor == other.minor)
            && access.contains { other.access.contains($0) }
    }
}
