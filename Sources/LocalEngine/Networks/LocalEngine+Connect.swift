import Engine
import LinuxSystem
import Networking
import Runtime

/// Putting containers on networks and taking them off, also while they run. See `NetworkManaging`.
extension LocalEngine {
    /// Puts a container on a network, at once when it runs, and for its next starts.
    public func connect(_ container: String, _ attachment: NetworkAttachment) async throws {
        let (record, _) = try await settled(container)
        let network = try findNetwork(attachment.network)
        var attachment = attachment
        attachment.network = network.name
        try record.checkConnecting(attachment, network)
        guard let lock = try await LifecycleLock.wait(paths(record.id).directory) else {
            throw EngineError(.notFound, "no such container: \(container)")
        }
        defer { withExtendedLifetime(lock) {} }
        try records.changeAttachments(record.id) { attachments in
            guard !attachments.contains(where: { $0.network == network.name }) else {
                throw EngineError(
                    .conflict, "endpoint with name \(record.name) already exists in network \(network.name)")
            }
            attachments.append(attachment)
        }
        do {
            if status(record.id)?.hasMonitor == true { try await joinRunning(record, network, attachment) }
        } catch {
            try? records.changeAttachments(record.id) { $0.removeAll { $0.network == network.name } }
            throw error
        }
        emit("connect", network, ["container": record.id.rawValue])
    }

    /// Takes a container off a network again.
    public func disconnect(_ container: String, from network: String, force: Bool) async throws {
        let network = try findNetwork(network)
        let record: ContainerRecord
        do { (record, _) = try await settled(container) } catch let error as EngineError
            where force && error.code == .notFound
        {
            // Half gone: what it may have left on the network goes.
            leases(of: network.id).sweep()
            return
        }
        guard let lock = try await LifecycleLock.wait(paths(record.id).directory) else {
            throw EngineError(.notFound, "no such container: \(container)")
        }
        defer { withExtendedLifetime(lock) {} }
        var isOn = false
        try records.changeAttachments(record.id) { attachments in
            isOn = attachments.contains { $0.network == network.name }
            attachments.removeAll { $0.network == network.name }
        }
        if status(record.id)?.hasMonitor == true, leases(of: network.id).lease(of: record.id) != nil {
            try await leaveRunning(record, network)
        } else if !isOn {
            throw EngineError(
                .conflict, "container \(record.name) is not connected to network \(network.name)")
        }
        emit("disconnect", network, ["container": record.id.rawValue])
    }

    private func joinRunning(
        _ record: ContainerRecord, _ network: NetworkRecord, _ attachment: NetworkAttachment
    ) async throws {
        let home = try await homeNetwork()
        let bridge = try home.home.prepare(try BridgeNetwork(id: network.id, spec: network.spec))
        let before = try plan(record, home)
        let directory = leases(of: network.id)
        let numbers = Set(before.endpoints.map(\.interface))
        let number = (0...numbers.count).first { !numbers.contains(InterfaceName.inside($0)) } ?? numbers.count
        let held = try directory.allocate(
            LeaseRequest(
                networkID: network.id, network: network.spec, containerID: record.id, containerName: record.name,
                attachment: attachment, number: number))
        do {
            var after = before
            after.endpoints = Self.ordered(before.endpoints + [held.lease.endpoint])
            after.sharesNames = before.sharesNames || network.sharesNames
            let options = try records.definition(record.id).spec.network ?? NetworkOptions()
            let names = nameService(options, sharesNames: after.sharesNames)
            let link = link(
                held.lease.endpoint, bridge, number: number,
                lease: held, sharesNames: network.sharesNames)
            try await control(record.id).attach(link, after.change(of: record.id, after: before, names: names))
            try notePorts(record, after)
            try rewriteNameFiles(record, before, after)
        } catch {
            directory.release(held)
            throw error
        }
    }

    private func leaveRunning(_ record: ContainerRecord, _ network: NetworkRecord) async throws {
        let home = try await homeNetwork()
        let before = try plan(record, home)
        var after = before
        after.endpoints.removeAll { $0.networkID == network.id }
        after.sharesNames = try after.endpoints.contains { try findNetwork($0.networkName).sharesNames }
        let options = try records.definition(record.id).spec.network ?? NetworkOptions()
        // Who has once been answered under its own server's address is answered from then on.
        let names = nameService(options, sharesNames: before.sharesNames)
        try await control(record.id).detach(network.id, after.change(of: record.id, after: before, names: names))
        leases(of: network.id).sweep()
        try notePorts(record, after)
        try rewriteNameFiles(record, before, after)
    }

    /// What the container's leases say now.
    private func plan(_ record: ContainerRecord, _ home: HomeNetwork) throws -> NetworkPlan {
        let endpoints = Self.ordered(leases(of: record.id).map(\.endpoint))
        return NetworkPlan(
            endpoints: endpoints, ports: PublishedPorts.read(paths(record.id).ports),
            sharesNames: try endpoints.contains { try findNetwork($0.networkName).sharesNames },
            ledByRules: home.kept == nil)
    }

    /// Ports stand in the lease of the network that they lead to.
    private func notePorts(_ record: ContainerRecord, _ plan: NetworkPlan) throws {
        guard !plan.ports.isEmpty else { return }
        for endpoint in plan.endpoints {
            let ports = endpoint.networkID == plan.way?.networkID ? plan.ports : []
            try leases(of: endpoint.networkID).rewrite(record.id) { $0.ports = ports }
        }
    }

    private func rewriteNameFiles(
        _ record: ContainerRecord, _ before: NetworkPlan, _ after: NetworkPlan
    ) throws {
        let definition = try records.definition(record.id)
        let options = definition.spec.network ?? NetworkOptions()
        func lines(_ plan: NetworkPlan) -> [String] {
            plan.endpoints.flatMap {
                HostsFile.lines(of: $0, hostname: definition.hostname, domain: definition.spec.domainname)
            }
        }
        let paths = paths(record.id)
        let hosts = (try? Files.readText(paths.hosts, limit: 1 << 20)) ?? ""
        let resolver = (try? Files.readText(paths.resolvConf, limit: 1 << 20)) ?? ""
        let old = nameService(options, sharesNames: before.sharesNames).file.text
        try inWords("write the names of hosts for container \(record.name)") { () throws(SystemError) in
            try NameFile.write(
                HostsFile.changed(hosts, without: lines(before), with: lines(after)), to: paths.hosts)
            // One that somebody in the container has changed stays his.
            guard after.sharesNames, !before.sharesNames, resolver == old else { return }
            try NameFile.write(nameService(options, sharesNames: true).file.text, to: paths.resolvConf)
        }
    }
}
