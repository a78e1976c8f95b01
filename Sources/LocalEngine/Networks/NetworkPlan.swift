import Engine
import Networking
import Runtime

/// What a container's endpoints come to for its ports and names. Pure.
struct NetworkPlan {
    /// In the order of their interfaces.
    var endpoints: [NetworkEndpoint]
    /// In the order of the start.
    var ports: [PublishedPort]
    /// The networks' members find each other by name there.
    var sharesNames: Bool
    /// Packets are led by rules of the machine's own namespace. An ordinary user has no say there.
    var ledByRules: Bool

    /// No network has a way out.
    var isIsolated: Bool { !endpoints.isEmpty && way == nil }

    /// The endpoint that leads to the world, and that published ports lead to: the first one with a gateway.
    var way: NetworkEndpoint? { endpoints.first { $0.gateway4 != nil || $0.gateway6 != nil } }

    /// Ports as others are told of them: none where none leads anywhere.
    var publishedPorts: [PublishedPort] { way == nil ? [] : ports }

    /// Where each port leads; a container with one family is reached through the other's listener as well.
    var targets: [BundleNetwork.Target?] {
        ports.map { port in
            guard let way else { return nil }
            let own = port.hostAddress.isIPv4 ? way.ipv4 : way.ipv6
            guard let address = (own ?? way.ipv4 ?? way.ipv6)?.address else { return nil }
            return BundleNetwork.Target(address, port: port.container.number)
        }
    }

    /// The rules of published ports; `nil` for none.
    func firewall(of container: ContainerID) -> [UInt8]? {
        guard ledByRules, let way, !ports.isEmpty else { return nil }
        return FirewallPlan.ports(of: container, ports, ipv4: way.ipv4?.address, ipv6: way.ipv6?.address)
    }

    /// What a change of endpoints changes for the monitor.
    func change(of container: ContainerID, after before: NetworkPlan, names: NameService) -> BundleNetwork.Change {
        var change = BundleNetwork.Change(isIsolated: isIsolated)
        if !ports.isEmpty {
            change.targets = targets
            change.firewall =
                firewall(of: container)
                ?? (before.firewall(of: container) == nil ? nil : FirewallPlan.removal(of: container))
        }
        if let upstream = names.upstream {
            change.nameRules = Self.nameRules
            change.resolvers = Self.resolvers(upstream)
        }
        return change
    }

    /// Rules that lead names' questions to the monitor.
    static var nameRules: [UInt8] {
        FirewallPlan.names(address: NameService.ownServer, port: BundleNetwork.namePort)
    }

    static func resolvers(_ servers: [ResolverFile.Server]) -> [BundleNetwork.Target] {
        servers.map { BundleNetwork.Target($0.address, port: 53, scope: $0.scope) }
    }
}
