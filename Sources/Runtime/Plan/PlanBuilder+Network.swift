import CMonitorWire
import Engine

extension PlanBuilder {
    /// Writes down a container's networks.
    /// - Returns: what the monitor is to be handed from `SPH_FD_PASSED` on.
    mutating func addNetwork(_ network: BundleNetwork) -> [Int32] {
        var passed = PassedDescriptors()
        writer.header.network_home = passed.index(network.home)
        let links = network.links.map { link in
            var wire = sph_link()
            wire.network = writer.string(link.network.rawValue)
            wire.outer = writer.data(link.outer)
            wire.patches = writer.data(NetworkWire.bytes(link.patches.map { UInt32(clamping: $0) }))
            wire.inner = writer.data(link.inner)
            wire.removal = writer.data(link.removal)
            wire.lease_path = writer.string(link.leasePath)
            wire.names = writer.string(link.namesDirectory)
            wire.lease = passed.index(link.lease)
            return wire
        }
        writer.header.links = writer.data(NetworkWire.bytes(links))
        let ports = network.ports.map { port in
            sph_port(
                listener: passed.index(port.listener), protocol: UInt32(port.transport.number),
                target: NetworkWire.address(port.target))
        }
        writer.header.ports = writer.data(NetworkWire.bytes(ports))
        writer.header.firewall = writer.data(network.firewall)
        writer.header.name_rules = writer.data(network.nameRules)
        writer.header.resolvers = writer.data(NetworkWire.bytes(network.resolvers.map { NetworkWire.address($0) }))
        writer.header.network_flags = NetworkWire.flags(isIsolated: network.isIsolated)
        if let shared = network.shared {
            writer.add(
                SPH_OP_JOIN_DESCRIPTOR, n1: UInt64(passed.index(shared)), n2: Namespaces.network)
        }
        for descriptor in network.kept { _ = passed.index(descriptor) }
        writer.header.passed = UInt32(clamping: passed.numbers.count)
        return passed.numbers
    }
}

extension TransportProtocol {
    /// Its number (IANA, protocol numbers).
    var number: UInt8 {
        switch self {
        case .tcp: 6
        case .udp: 17
        }
    }
}
