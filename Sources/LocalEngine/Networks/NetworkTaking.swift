import Engine
import LinuxSystem
import Logging
import Networking
import Runtime

/// The taking of a container's networks, one after another. What was taken is given back when a later one fails.
struct NetworkTaking {
    let engine: LocalEngine
    let record: ContainerRecord
    let options: NetworkOptions
    let home: HomeNetwork
    private(set) var ports: [BoundPort] = []
    private(set) var leases: [HeldLease] = []
    private(set) var directories: [LeaseDirectory] = []
    private var networks: [NetworkRecord] = []
    private var bridges: [PreparedBridge] = []

    init(engine: LocalEngine, record: ContainerRecord, options: NetworkOptions, home: HomeNetwork) {
        self.engine = engine
        self.record = record
        self.options = options
        self.home = home
    }

    /// Takes ports, then each network's addresses.
    mutating func take() throws -> NetworkStart {
        do {
            networks = try record.attachments.map { try engine.network(for: $0) }
            try bind()
            for index in networks.indices { try join(index) }
            return try finish()
        } catch {
            Self.release(leases, directories)
            throw error
        }
    }

    static func release(_ leases: [HeldLease], _ directories: [LeaseDirectory]) {
        for (lease, directory) in zip(leases, directories) { directory.release(lease) }
    }

    private mutating func bind() throws {
        var wishes = options.ports
        if options.publishesAll {
            let asked = Set(wishes.map(\.container))
            wishes += record.exposed.filter { !asked.contains($0) }.sorted()
                .map { PortMapping(hostPorts: nil, container: $0) }
        }
        guard !wishes.isEmpty else { return }
        var address: IPAddress?
        if let first = networks.first { address = try BridgeNetwork(id: first.id, spec: first.spec).bindAddress }
        let engine = engine
        ports = try PortBinder(bindAddress: address) { engine.containerName(ofMonitor: $0) }.bind(wishes)
    }

    private mutating func join(_ index: Int) throws {
        let network = networks[index]
        let bridge = try home.home.prepare(try BridgeNetwork(id: network.id, spec: network.spec))
        for warning in bridge.warnings { engine.configuration.logger.warning("\(warning)") }
        bridges.append(bridge)
        let directory = engine.leases(of: network.id)
        // Ports stand in the lease of the network that they lead to.
        let leadsOut = !network.spec.isInternal && !networks[..<index].contains { !$0.spec.isInternal }
        let held = try directory.allocate(
            LeaseRequest(
                networkID: network.id, network: network.spec, containerID: record.id, containerName: record.name,
                attachment: record.attachments[index], number: index, ports: leadsOut ? ports.map(\.port) : []))
        leases.append(held)
        directories.append(directory)
    }

    private func finish() throws -> NetworkStart {
        let endpoints = leases.map(\.lease.endpoint)
        let plan = NetworkPlan(
            endpoints: endpoints, ports: ports.map(\.port), sharesNames: networks.contains { $0.sharesNames },
            ledByRules: home.kept == nil)
        let names = engine.nameService(options, sharesNames: plan.sharesNames)
        var bundle = BundleNetwork()
        for (index, held) in leases.enumerated() {
            bundle.links.append(
                engine.link(
                    held.lease.endpoint, bridges[index], number: index, lease: held,
                    sharesNames: networks[index].sharesNames))
        }
        bundle.ports = zip(ports, plan.targets).map { port, target in
            BundleNetwork.Port(
                listener: port.listener.rawValue, transport: port.port.container.transport, target: target)
        }
        bundle.firewall = plan.firewall(of: record.id) ?? []
        if let upstream = names.upstream {
            bundle.nameRules = NetworkPlan.nameRules
            bundle.resolvers = NetworkPlan.resolvers(upstream)
        }
        bundle.home = home.home.descriptor
        bundle.isIsolated = plan.isIsolated
        bundle.kept = home.kept.map { [$0] } ?? []
        return NetworkStart(self, bundle: bundle, names: names)
    }
}
