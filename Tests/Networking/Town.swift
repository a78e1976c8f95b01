import Engine
import Harness
import LinuxSystem

@testable import Networking

/// A host, a neighbour of it on the network outside, and containers, each a network namespace.
final class Town {
    let host: PrivateHost
    let neighbour: PrivateHost
    private(set) var held: [HeldLease] = []

    /// The host has 192.0.2.1 and 2001:db8::1 outside; the neighbour is .9, and sends by the host whatever is not there.
    init() throws {
        host = try PrivateHost()
        neighbour = try PrivateHost()
        _ = try host.output("/sbin/ip", "link", "add", "lan0", "type", "bridge")
        _ = try host.output("/sbin/ip", "address", "add", "192.0.2.1/24", "dev", "lan0")
        _ = try host.output("/sbin/ip", "address", "add", "2001:db8::1/64", "dev", "lan0", "nodad")
        _ = try host.output("/sbin/ip", "link", "set", "lan0", "up")
        let lan = try host.home.link(named: "lan0")
        let endpoint = NetworkEndpoint(
            networkID: .test("e"), networkName: "lan", containerID: .test("e"), containerName: "neighbour",
            ipv4: IPPrefix("192.0.2.9/24"), ipv6: IPPrefix("2001:db8::9/64"), gateway4: IPAddress("192.0.2.1"),
            gateway6: IPAddress("2001:db8::1"), macAddress: .random(), interface: "eth0", hostInterface: "lan1")
        try host.link(
            LinkPlan(
                endpoint, .init(bridgeIndex: lan?.index ?? 0, mtu: 1500, number: 0, isDefaultRoute: true)),
            to: neighbour)
    }

    /// A network with rules.
    func network(_ digit: Character, _ subnets: String..., isInternal: Bool = false) throws -> BridgeNetwork {
        var spec = NetworkSpec(name: "net-\(digit)")
        spec.isInternal = isInternal
        spec.subnets = subnets.compactMap { IPPrefix($0) }.map { NetworkSpec.Subnet(prefix: $0) }
        spec.ipv6 = spec.subnets.contains { !$0.prefix.address.isIPv4 }
        return try BridgeNetwork(id: .test(digit), spec: spec.completed(others: [], host: []))
    }

    /// A container on a network, as its monitor makes it.
    func container(_ digit: Character, on network: BridgeNetwork) throws -> PrivateHost {
        let prepared = try host.home.prepare(network)
        let lease = try LeaseDirectory(runRoot: host.directory, network: network.id).allocate(
            LeaseRequest(
                networkID: network.id, network: network.spec, containerID: .test(digit), containerName: "c-\(digit)",
                attachment: NetworkAttachment(network: network.spec.name), number: 0))
        held.append(lease)
        let container = try PrivateHost()
        try host.link(
            LinkPlan(
                lease.lease.endpoint,
                .init(bridgeIndex: prepared.index, mtu: prepared.mtu, number: 0, isDefaultRoute: true)), to: container)
        return container
    }

    /// The rules of a container's ports, owned by the socket that is answered.
    func publish(_ ports: PublishedPort..., of digit: Character) throws -> NetlinkSocket {
        let endpoint = held.first { $0.lease.endpoint.containerID == .test(digit) }?.lease.endpoint
        let batch = FirewallPlan.ports(
            of: .test(digit), ports, ipv4: endpoint?.ipv4?.address, ipv6: endpoint?.ipv6?.address)
        guard let batch else { throw HarnessError("no rules for ports") }
        let owner = try host.space.inside { try NetlinkSocket(.netfilter) }
        try owner.send(batch)
        return owner
    }
}
