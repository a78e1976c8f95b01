import Engine

/// A running container's place on a network, as its lease file says it.
public struct Lease: Sendable, Hashable {
    /// Addresses, names and interfaces.
    public var endpoint: NetworkEndpoint
    /// The container's published ports; they stand in one of its leases.
    public var ports: [PublishedPort]

    /// Makes a lease.
    public init(endpoint: NetworkEndpoint, ports: [PublishedPort] = []) {
        self.endpoint = endpoint
        self.ports = ports
    }
}
