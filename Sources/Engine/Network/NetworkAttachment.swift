/// A container's wish to be on a network (`--network`, `--ip`, `network connect`).
public struct NetworkAttachment: Sendable, Hashable, Codable {
    /// The network, by name or identifier.
    public var network: String
    /// A certain address (`--ip`).
    public var ipv4: IPAddress?
    /// A certain address (`--ip6`).
    public var ipv6: IPAddress?
    /// A certain hardware address (`--mac-address`).
    public var macAddress: MACAddress?
    /// Further names that others on the network find it by (`--network-alias`).
    public var aliases: [String]

    /// Makes a wish.
    public init(
        network: String, ipv4: IPAddress? = nil, ipv6: IPAddress? = nil, macAddress: MACAddress? = nil,
        aliases: [String] = []
    ) {
        self.network = network
        self.ipv4 = ipv4
        self.ipv6 = ipv6
        self.macAddress = macAddress
        self.aliases = aliases
    }
}
