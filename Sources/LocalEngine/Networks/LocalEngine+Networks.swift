import Engine
import LinuxSystem
import Logging
import Networking
import Runtime

/// Networks as they are made, listed and removed. See `NetworkManaging`.
extension LocalEngine {
    /// All networks with who is on them now, by name. Clears what killed monitors have left of them.
    public func networks() async throws -> [Engine.Network] {
        try ensurePredefined()
        let records = try records.networks()
        sweepLeases(known: Set(records.map(\.id)))
        return records.map { $0.network(endpoints(of: $0)) }
    }

    /// Everything about one network.
    public func inspectNetwork(_ reference: String) async throws -> Engine.Network {
        let record = try findNetwork(reference)
        leases(of: record.id).sweep()
        return record.network(endpoints(of: record))
    }

    /// Makes a network. The bridge comes with the first container that needs it.
    public func createNetwork(_ spec: NetworkSpec) async throws -> NetworkID {
        try spec.check()
        // Also where a subnet is chosen: of two commands at once each sees the other's.
        let lock = try networksLock()
        defer { withExtendedLifetime(lock) {} }
        try ensurePredefinedLocked()
        let known = try records.networks()
        guard !known.contains(where: { $0.name == spec.name }) else {
            throw EngineError(
                .conflict, "network with name \(spec.name) already exists", hint: "choose another name")
        }
        let record = try describe(spec, id: .random(), beside: known)
        guard !known.contains(where: { $0.bridge == record.bridge }) else {
            throw EngineError(.conflict, "bridge name \(record.bridge) is taken by another network")
        }
        try records.insert(record)
        emit("create", record)
        return record.id
    }

    private func describe(
        _ spec: NetworkSpec, id: NetworkID, beside known: [NetworkRecord], isPredefined: Bool = false
    ) throws(EngineError) -> NetworkRecord {
        let completed = try spec.completed(others: known.map(\.spec), host: hostPrefixes())
        let bridge = try BridgeNetwork(id: id, spec: completed).bridge
        return NetworkRecord(id: id, createdAt: .now, spec: completed, bridge: bridge, isPredefined: isPredefined)
    }

    /// Removes a network; `.conflict` while containers are on it.
    public func removeNetwork(_ reference: String) async throws {
        let record = try findNetwork(reference)
        guard !record.isPredefined else {
            throw EngineError(
                .conflict, "\(record.name) is a pre-defined network and cannot be removed")
        }
        let lock = try networksLock()
        defer { withExtendedLifetime(lock) {} }
        let directory = leases(of: record.id)
        guard try directory.remove() else {
            let users = directory.leases().map {
                "name:\"\($0.endpoint.containerName)\" id:\"\($0.endpoint.containerID.short)\""
            }
            throw EngineError(
                .conflict,
                "error while removing network: network \(record.name) has active endpoints (\(users.joined(separator: ", ")))",
                hint: "stop these containers, or spyhop network disconnect \(record.name) each of them")
        }
        // The record goes last: whatever fails before, the network can be removed again.
        if let home = existingHomeNetwork()?.home {
            try home.remove(try BridgeNetwork(id: record.id, spec: record.spec))
        }
        if try records.delete(record.id) { emit("destroy", record) }
    }

    // MARK: - Looking

    /// The network that a person's reference names: a name, a whole identifier, then the beginning of one.
    func findNetwork(_ reference: String) throws -> NetworkRecord {
        if let known = try records.network(named: reference) { return known }
        try ensurePredefined()
        let all = try records.networks()
        if let exact = all.first(where: { $0.name == reference || $0.id.rawValue == reference }) { return exact }
        let beginning = reference.isEmpty ? [] : all.filter { $0.id.rawValue.hasPrefix(reference) }
        guard let first = beginning.first else {
            throw EngineError(
                .notFound, "network \(reference) not found", hint: "spyhop network ls lists them all")
        }
        guard beginning.count == 1 else {
            let names = beginning.map { "\($0.id.short) (\($0.name))" }.joined(separator: ", ")
            throw EngineError(.conflict, "several networks begin with \(reference): \(names)", hint: "give the name")
        }
        return first
    }

    /// The leases of a network.
    func leases(of network: NetworkID) -> LeaseDirectory {
        LeaseDirectory(runRoot: configuration.runRoot, network: network)
    }

    private func endpoints(of record: NetworkRecord) -> [NetworkEndpoint] {
        record.hasBridge ? leases(of: record.id).leases().map(\.endpoint) : []
    }

    // MARK: - What is there from the beginning

    /// Sees that `bridge`, `host` and `none` have rows.
    func ensurePredefined() throws {
        if try records.network(named: "none") != nil { return }
        let lock = try networksLock()
        defer { withExtendedLifetime(lock) {} }
        try ensurePredefinedLocked()
    }

    /// `none` is the last one to be written: it stands for all three.
    private func ensurePredefinedLocked() throws {
        if try records.network(named: "none") != nil { return }
        if try records.network(named: "bridge") == nil { try records.insert(try defaultBridge()) }
        for name in ["host", "none"] where try records.network(named: name) == nil {
            var spec = NetworkSpec(name: name)
            spec.driver = name == "none" ? "null" : name
            spec.ipv4 = false
            try records.insert(
                NetworkRecord(id: .random(), createdAt: .now, spec: spec, bridge: "", isPredefined: true))
        }
    }

    private func defaultBridge() throws -> NetworkRecord {
        let id = NetworkID.random()
        var spec = NetworkSpec(name: "bridge")
        // Another root of this machine has its default network, too.
        if try hostLinks().contains(InterfaceName.defaultBridge) {
            spec.options["com.docker.network.bridge.name"] = InterfaceName.bridge(of: id)
        }
        return try describe(spec, id: id, beside: try records.networks(), isPredefined: true)
    }

    /// What the machine uses already. New networks keep away from it wherever their bridges lie, so that containers reach it.
    private func hostPrefixes() -> [IPPrefix] {
        do { return try NetworkHome().prefixes() } catch {
            configuration.logger.debug("cannot see the host's addresses", metadata: ["cause": "\(error)"])
            return []
        }
    }

    private func hostLinks() throws -> Set<String> {
        guard Footing.current.isRoot else { return [] }
        return Set(((try? NetworkHome().links()) ?? []).map(\.name))
    }

    /// Keeps making, removing and choosing apart, between processes; held for moments only.
    func networksLock() throws(EngineError) -> FileLock {
        let path = configuration.runRoot + "/networks/.lock"
        return try inWords("lock \(path)") { () throws(SystemError) in
            try Files.makeDirectories(configuration.runRoot + "/networks", mode: 0o755)
            return try FileLock(path)
        }
    }

    /// Tells of a network.
    func emit(_ action: String, _ record: NetworkRecord, _ attributes: [String: String] = [:]) {
        emit(
            Event(
                time: .now, type: .network, action: action, actorID: record.id.rawValue,
                attributes: record.eventAttributes.merging(attributes) { $1 }))
    }
}
