import CLinux
import Engine
import Glibc
import Harness
import LinuxSystem
import Networking

@testable import Runtime

/// Networks in a network namespace that stands for the host, with leases in a directory of their own.
final class NetworkFixture {
    /// What stands for the host.
    let space: NetworkSpace
    let home: NetworkHome
    let directory: String
    /// Leases that the engine would hold until a start has returned.
    private var held: [HeldLease] = []
    private var networks: [String: (network: BridgeNetwork, bridge: PreparedBridge)] = [:]

    init() throws {
        space = try NetworkSpace()
        home = NetworkHome(namespace: try OwnedDescriptor.open(space.path))
        directory = "/tmp/spyhop-net-\(UInt32.random(in: 0 ... .max))"
        try Files.makeDirectories(directory)
    }

    deinit { try? Files.removeTree(directory) }

    /// Makes a network with its bridge.
    func makeNetwork(_ name: String, subnet: UInt32, isInternal: Bool = false) throws {
        var spec = NetworkSpec(name: name)
        spec.isInternal = isInternal
        spec.ipv6 = true
        let sixth = UInt64(subnet) << 16
        spec.subnets = [
            .init(prefix: IPPrefix(.v4(subnet), length: 24), gateway: .v4(subnet + 1)),
            .init(
                prefix: IPPrefix(.v6(0xfd00_0000_0000_0000 | sixth, 0), length: 64),
                gateway: .v6(0xfd00_0000_0000_0000 | sixth, 1)),
        ]
        let network = try BridgeNetwork(id: NetworkID.random(), spec: spec)
        networks[name] = (network, try home.prepare(network))
    }

    func leases(_ name: String) throws -> LeaseDirectory {
        LeaseDirectory(runRoot: directory, network: try network(name).network.id)
    }

    func id(_ name: String) throws -> NetworkID { try network(name).network.id }

    private func network(_ name: String) throws -> (network: BridgeNetwork, bridge: PreparedBridge) {
        guard let found = networks[name] else { throw EngineError(.notFound, "no network \(name)") }
        return found
    }

    /// Takes an address for a container and makes its link.
    func link(
        _ name: String, _ container: ContainerID, called: String, aliases: [String] = [], number: Int = 0
    ) throws -> BundleNetwork.Link {
        let (network, bridge) = try network(name)
        let directory = try leases(name)
        let lease = try directory.allocate(
            LeaseRequest(
                networkID: network.id, network: network.spec, containerID: container, containerName: called,
                attachment: NetworkAttachment(network: name, aliases: aliases), number: number))
        held.append(lease)
        let plan = LinkPlan(
            lease.lease.endpoint,
            .init(bridgeIndex: bridge.index, mtu: bridge.mtu, number: number, isDefaultRoute: number == 0))
        return BundleNetwork.Link(
            network: network.id, outer: plan.outer, patches: plan.patches, inner: plan.inner, removal: plan.removal,
            leasePath: lease.path, lease: lease.descriptor.rawValue, namesDirectory: directory.path)
    }

    /// The engine's own hold on leases ends: what is still locked is a monitor's.
    func letGo() { held = [] }

    /// A container's network as the engine hands it over.
    func bundle(_ links: [BundleNetwork.Link]) -> BundleNetwork {
        var bundle = BundleNetwork()
        bundle.links = links
        bundle.home = home.descriptor
        bundle.nameRules = FirewallPlan.names(address: .v4(0x7f00_000b), port: 61053)
        return bundle
    }

    /// Interfaces of what stands for the host that belong to containers.
    var hostEnds: [String] {
        get throws {
            let bridges = Set(networks.values.map(\.network.bridge))
            return try space.inside { NetworkSpace.interfaces() }.filter {
                $0 != "lo" && !bridges.contains($0) && $0.hasPrefix("sp")
            }
        }
    }

    /// Waits until nothing of any container is left.
    func settle(_ name: String) async throws {
        for _ in 0..<500 {
            if try hostEnds.isEmpty, try leases(name).leases().isEmpty { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw EngineError(.system, "left: \(try hostEnds), \(try leases(name).leases())")
    }

    /// A network `net`, 10.9.8.0/24, and two containers' fixtures that ask the monitor for names.
    static func withTwo(
        _ body: (NetworkFixture, ContainerFixture, ContainerFixture) async throws -> Void
    ) async throws {
        let network = try NetworkFixture()
        try network.makeNetwork("net", subnet: 0x0a09_0800)
        try await ContainerFixture.with { one in
            try await ContainerFixture.with { other in
                for fixture in [one, other] {
                    try Files.writeAtomically(
                        Array("nameserver 127.0.0.11\noptions ndots:0\n".utf8),
                        to: fixture.directory + "/state/resolv.conf")
                }
                try await body(network, one, other)
            }
        }
    }
}
