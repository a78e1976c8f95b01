import Engine
import Terminal

/// The limits of a container as a form: what is in force, what is used beside it, checked as one types.
struct LimitForm: Sendable, Hashable {
    enum Field: String, Sendable, Hashable, CaseIterable {
        case memory, reservation, swap, cpus, cpuset, shares, pids, weight, restart

        var label: String {
            switch self {
            case .memory: words("memory")
            case .reservation: words("memory reservation")
            case .swap: words("memory and swap")
            case .cpus: words("cpus")
            case .cpuset: words("cpuset")
            case .shares: words("cpu shares")
            case .pids: words("pids")
            case .weight: words("block I/O weight")
            case .restart: words("restart policy")
            }
        }

        /// While it is empty.
        var hint: String {
            switch self {
            case .memory: words("no limit, or 512m, 1.5g")
            case .reservation: words("none, or 256m")
            case .swap: words("as much swap as memory, 1g, or -1")
            case .cpus: words("no limit, or 1.5")
            case .cpuset: words("all, or 0-2,4")
            case .shares: words("1024, or 2 to 262144")
            case .pids: words("no limit, or 100")
            case .weight: words("the usual, or 10 to 1000")
            case .restart: words("no, always, unless-stopped, on-failure[:3]")
            }
        }
    }

    /// What a form asks for.
    struct Change: Sendable, Hashable {
        var limits = ResourceLimits()
        var restartPolicy: RestartPolicy?

        var isEmpty: Bool { limits == ResourceLimits() && restartPolicy == nil }
    }

    /// What was in force when it was opened.
    let before: ResourceLimits
    let policy: RestartPolicy
    let cpuCount: Int

    init(_ container: Container, cpuCount: Int) {
        before = container.limits
        policy = container.restartPolicy
        self.cpuCount = cpuCount
    }

    /// The present value of a field as it can be typed.
    func text(_ field: Field) -> String {
        func bytes(_ value: Int64?) -> String {
            guard let value, value != 0 else { return "" }
            return value < 0 ? "-1" : LimitText.text(bytes: value)
        }
        func number(_ value: Int64?) -> String { value.map { $0 == 0 ? "" : String($0) } ?? "" }
        switch field {
        case .memory: return bytes(before.memory)
        case .reservation: return bytes(before.memoryReservation)
        case .swap: return bytes(before.memorySwap)
        case .cpus: return before.nanoCPUs.map { $0 == 0 ? "" : LimitText.text(nanoCPUs: $0) } ?? ""
        case .cpuset: return before.cpusetCPUs ?? ""
        case .shares: return number(before.cpuShares)
        case .pids: return number(before.pids)
        case .weight: return number(before.blkioWeight)
        case .restart: return policy.description
        }
    }

    /// What the texts ask for, or what is wrong in which field.
    func change(_ texts: [Field: String]) -> Result<Change, Refusal> {
        var change = Change()
        var errors: [Field: String] = [:]
        for field in Field.allCases {
            let typed = (texts[field] ?? text(field)).filter { $0 != " " }
            guard typed != text(field) else { continue }
            if let error = apply(typed, to: field, &change) { errors[field] = error }
        }
        if errors.isEmpty { errors = together(change.limits) }
        return errors.isEmpty ? .success(change) : .failure(Refusal(errors: errors))
    }

    struct Refusal: Error, Hashable {
        var errors: [Field: String]
    }

    /// An empty text lifts a limit.
    private func apply(_ typed: String, to field: Field, _ change: inout Change) -> String? {
        switch field {
        case .memory: return bytes(typed, least: 6 << 20, lifted: -1, \.memory, &change)
        case .reservation: return bytes(typed, least: 0, lifted: -1, \.memoryReservation, &change)
        case .swap: return bytes(typed, least: 0, lifted: 0, \.memorySwap, &change)
        case .cpus:
            guard !typed.isEmpty, typed != "0" else {
                change.limits.nanoCPUs = 0
                return nil
            }
            guard let value = GoUnits.nanoCPUs(typed) else { return words("a number such as 0.5 or 2") }
            guard value >= 10_000_000, value <= Int64(cpuCount) * 1_000_000_000 else {
                return words("from 0.01 to \(cpuCount), the CPUs of this host")
            }
            change.limits.nanoCPUs = value
        case .cpuset:
            guard !typed.isEmpty else { return words("name them all, such as 0-\(max(0, cpuCount - 1))") }
            guard LimitText.isCPUList(typed) else { return words("a list such as 0-2,4") }
            change.limits.cpusetCPUs = typed
        case .shares: return number(typed, 2...262_144, lifted: 1024, \.cpuShares, &change)
        case .pids: return number(typed, 1...4_194_304, lifted: -1, \.pids, &change)
        case .weight: return number(typed, 10...1000, lifted: 100, \.blkioWeight, &change)
        case .restart:
            guard let policy = RestartPolicy(typed) else { return Field.restart.hint }
            change.restartPolicy = policy
        }
        return nil
    }

    private func bytes(
        _ typed: String, least: Int64, lifted: Int64, _ path: WritableKeyPath<ResourceLimits, Int64?>,
        _ change: inout Change
    ) -> String? {
        if typed.isEmpty || typed == "0" {
            change.limits[keyPath: path] = lifted
            return nil
        }
        if typed == "-1" {
            change.limits[keyPath: path] = -1
            return nil
        }
        guard let value = LimitText.bytes(typed) else { return words("a size such as 512m or 1.5g") }
        guard value >= least else { return words("at least \(Format.bytes(Double(least)))") }
        change.limits[keyPath: path] = value
        return nil
    }

    private func number(
        _ typed: String, _ range: ClosedRange<Int64>, lifted: Int64,
        _ path: WritableKeyPath<ResourceLimits, Int64?>, _ change: inout Change
    ) -> String? {
        if typed.isEmpty || typed == "-1" {
            change.limits[keyPath: path] = lifted
            return nil
        }
        guard let value = Int64(typed), range.contains(value) else {
            return words("from \(range.lowerBound) to \(range.upperBound)")
        }
        change.limits[keyPath: path] = value
        return nil
    }

    /// What fields make of each other.
    private func together(_ limits: ResourceLimits) -> [Field: String] {
        let after = before.merging(limits)
        let memory = after.memory ?? -1
        if let reservation = after.memoryReservation, reservation > 0, memory > 0, reservation > memory {
            return [.reservation: words("more than the memory limit of \(Format.bytes(Double(memory)))")]
        }
        guard let swap = after.memorySwap, swap > 0 else { return [:] }
        if memory <= 0 { return [.swap: words("it needs a memory limit beside it")] }
        if swap < memory {
            return [.swap: words("it is memory and swap together: at least \(Format.bytes(Double(memory)))")]
        }
        return [:]
    }

    /// What puts the former values back.
    func undo(_ change: Change) -> Change {
        var undo = Change()
        func put(_ path: WritableKeyPath<ResourceLimits, Int64?>, lifted: Int64) {
            if change.limits[keyPath: path] != nil { undo.limits[keyPath: path] = before[keyPath: path] ?? lifted }
        }
        put(\.memory, lifted: -1)
        put(\.memoryReservation, lifted: -1)
        put(\.memorySwap, lifted: 0)
        put(\.nanoCPUs, lifted: 0)
        put(\.cpuShares, lifted: 1024)
        put(\.pids, lifted: -1)
        put(\.blkioWeight, lifted: 100)
        if change.limits.cpusetCPUs != nil {
            undo.limits.cpusetCPUs = before.cpusetCPUs ?? (cpuCount > 1 ? "0-\(cpuCount - 1)" : "0")
        }
        if change.restartPolicy != nil { undo.restartPolicy = policy }
        return undo
    }

    /// What is used beside each limit.
    static func usage(_ field: Field, _ usage: Usage?, cpuCount: Int) -> String? {
        guard let usage else { return nil }
        switch field {
        case .memory: return words("\(Format.bytes(usage.memory)) in use")
        case .cpus: return words("\(Format.fixed(usage.cpu / 100, 2)) in use")
        case .pids: return words("\(usage.pids) now")
        case .reservation, .swap, .cpuset, .shares, .weight, .restart: return nil
        }
    }
}

extension LimitForm {
    /// How much of a limit is used, from 0 to 1; `nil` where nothing limits.
    func share(_ field: Field, _ usage: Usage?) -> Double? {
        guard let usage else { return nil }
        func part(_ used: Double, _ limit: Int64?) -> Double? {
            limit.flatMap { $0 > 0 ? min(1, max(0, used / Double($0))) : nil }
        }
        switch field {
        case .memory: return part(Double(usage.memory), before.memory)
        case .cpus: return part(usage.cpu * 1e7, before.nanoCPUs)
        case .pids: return part(Double(usage.pids), before.pids)
        case .reservation, .swap, .cpuset, .shares, .weight, .restart: return nil
        }
    }
}

extension LimitForm.Change {
    /// The command that does the same.
    func command(_ name: String) -> String {
        var words = ["spyhop", "update"]
        func add(_ option: String, _ value: (some CustomStringConvertible)?) {
            if let value { words += [option, "\(value)"] }
        }
        add("--memory", limits.memory)
        add("--memory-reservation", limits.memoryReservation)
        add("--memory-swap", limits.memorySwap)
        add("--cpus", limits.nanoCPUs.map { LimitText.text(nanoCPUs: $0) })
        add("--cpuset-cpus", limits.cpusetCPUs)
        add("--cpu-shares", limits.cpuShares)
        add("--pids-limit", limits.pids)
        add("--blkio-weight", limits.blkioWeight)
        add("--restart", restartPolicy)
        return (words + [name]).joined(separator: " ")
    }
}
