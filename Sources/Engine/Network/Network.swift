/// A network as lists and `network inspect` show it.
public struct Network: Sendable, Hashable, Codable, Identifiable {
    /// The name of the engine that it belongs to, set where several are merged; `nil` from an engine itself.
    public var engine: String?
    /// The identifier.
    public var id: NetworkID
    /// When it was made.
    public var createdAt: Timestamp
    /// What it was made by, subnets and gateways complete.
    public var spec: NetworkSpec
    /// The bridge's name on the host; empty for `host` and `none`.
    public var bridge: String
    /// Who is on it now, by name.
    public var endpoints: [NetworkEndpoint]
    /// Made by the engine itself (`bridge`, `host`, `none`): cannot be removed.
    public var isPredefined: Bool

    /// Its name.
    public var name: String { spec.name }

    /// Makes a network's row.
    public init(
        id: NetworkID, createdAt: Timestamp, spec: NetworkSpec, bridge: String, endpoints: [NetworkEndpoint] = [],
        isPredefined: Bool = false
    ) {
        self.id = id
        self.createdAt = createdAt
        self.spec = spec
        self.bridge = bridge
        self.endpoints = endpoints
        self.isPredefined = isPredefined
    }
}
