import Engine
import LinuxSystem
import Networking
import Runtime

/// What a container's start has taken of the networks: leases, listeners, and the descriptors that its monitor gets. When the
/// monitor has them, these are let go; otherwise `release` gives everything back.
final class NetworkStart: Sendable {
    /// What the monitor needs.
    let bundle: BundleNetwork
    /// Networks and endpoints, in the order of the interfaces.
    let endpoints: [NetworkEndpoint]
    let names: NameService
    private let leases: [HeldLease]
    private let directories: [LeaseDirectory]
    /// Held until the monitor has them.
    private let ports: [BoundPort]
    private let home: HomeNetwork

    init(_ taking: NetworkTaking, bundle: BundleNetwork, names: NameService) {
        self.bundle = bundle
        self.names = names
        endpoints = taking.leases.map(\.lease.endpoint)
        leases = taking.leases
        directories = taking.directories
        ports = taking.ports
        home = taking.home
    }

    /// Published ports.
    var publishedPorts: [PublishedPort] { ports.map(\.port) }

    /// Gives the leases back; listeners end with this value.
    func release() { NetworkTaking.release(leases, directories) }
}
