import Engine
import Glibc
import LinuxSystem
import Networking
import Runtime

/// What a container's start needs of networks.
extension LocalEngine {
    /// Takes addresses and ports; `nil` for a container without a network of its own.
    func takeNetworks(_ record: ContainerRecord, _ options: NetworkOptions?) async throws -> NetworkStart? {
        let options = options ?? NetworkOptions()
        guard record.networkMode.networkReference != nil else { return nil }
        var taking = NetworkTaking(
            engine: self, record: record, options: options, home: try await homeNetwork())
        return try taking.take()
    }

    /// The network that an attachment names.
    func network(for attachment: NetworkAttachment) throws -> NetworkRecord {
        let network = try findNetwork(attachment.network)
        guard network.hasBridge else {
            throw EngineError(.invalidArgument, "network \(network.name) cannot be joined beside others")
        }
        return network
    }

    /// An endpoint's link, as the monitor makes it.
    func link(
        _ endpoint: NetworkEndpoint, _ bridge: PreparedBridge, number: Int, lease: HeldLease, sharesNames: Bool
    ) -> BundleNetwork.Link {
        let plan = LinkPlan(
            endpoint,
            LinkPlan.Settings(bridgeIndex: bridge.index, mtu: bridge.mtu, number: number, isDefaultRoute: true))
        return BundleNetwork.Link(
            network: endpoint.networkID, outer: plan.outer, patches: plan.patches, inner: plan.inner,
            removal: plan.removal, leasePath: lease.path, lease: lease.descriptor.rawValue,
            namesDirectory: sharesNames ? leases(of: endpoint.networkID).path : nil)
    }

    /// How a container finds names. An ordinary user's monitor asks for him: from his own namespace the host's servers may
    /// not be reached.
    func nameService(_ options: NetworkOptions, sharesNames: Bool) -> NameService {
        let host = (try? Files.readText("/etc/resolv.conf", limit: 1 << 20)) ?? ""
        return NameService(
            host: ResolverFile(host), options: options, sharesNames: sharesNames, alwaysAnswers: !Footing.current.isRoot
        )
    }

    /// Whose monitor a process is, or is a child of.
    func containerName(ofMonitor pid: Int32) -> String? {
        let parent = (try? Files.readText("/proc/\(pid)/stat", limit: 4096)).flatMap { text -> Int32? in
            guard let close = text.lastIndex(of: ")") else { return nil }
            let fields = text[close...].split(separator: " ")
            return fields.count > 2 ? Int32(fields[2]) : nil
        }
        let pids = Set([pid, parent ?? pid])
        for record in (try? records.all()) ?? [] {
            if let monitor = status(record.id)?.monitorPID, pids.contains(monitor) { return "container \(record.name)" }
        }
        return nil
    }

    /// The namespace of the container that `--network container:` names; `nil` for any other mode.
    func joinedNetwork(_ record: ContainerRecord) async throws -> JoinedNetwork? {
        guard let reference = record.networkMode.containerReference else { return nil }
        return try await sharedNetwork(reference)
    }

    /// Another container's network namespace, to be joined.
    func sharedNetwork(_ reference: String) async throws -> JoinedNetwork {
        let owner = try records.find(reference)
        let life: MonitorStatus.Life
        do { (_, life) = try await running(reference) } catch let error as EngineError where error.code == .conflict {
            throw EngineError(
                .conflict, "cannot join network of a non running container: \(owner.name)",
                hint: "spyhop start \(owner.name) first")
        }
        let namespace = try inWords("join the network of container \(owner.name)") { () throws(SystemError) in
            try OwnedDescriptor.open("/proc/\(life.pid)/ns/net", O_RDONLY)
        }
        guard Processes.startTicks(life.pid) == life.startTicks else {
            throw EngineError(.conflict, "cannot join network of a non running container: \(owner.name)")
        }
        return JoinedNetwork(owner: owner, namespace: namespace)
    }
}
