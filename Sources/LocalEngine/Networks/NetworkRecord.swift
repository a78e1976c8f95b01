import Engine

/// What a network is: one row of the database. Who is on it is never stored here: the leases say so.
struct NetworkRecord: Sendable, Hashable {
    var id: NetworkID
    var createdAt: Timestamp
    /// Subnets and gateways are complete.
    var spec: NetworkSpec
    /// The bridge's name; empty for `host` and `none`.
    var bridge: String
    /// Made by the engine itself.
    var isPredefined: Bool

    var name: String { spec.name }

    /// It has a bridge and addresses: containers can be connected to it.
    var hasBridge: Bool { !bridge.isEmpty }

    /// Its members find each other by name: every network but the default one.
    var sharesNames: Bool { !isPredefined }

    /// The network with who is on it now.
    func network(_ endpoints: [NetworkEndpoint]) -> Network {
        Network(
            id: id, createdAt: createdAt, spec: spec, bridge: bridge, endpoints: endpoints, isPredefined: isPredefined)
    }

    /// What events about it carry, as docker fills them.
    var eventAttributes: [String: String] { ["name": spec.name, "type": spec.driver] }
}
