/// A request for a network: what `network create` was asked for.
public struct NetworkSpec: Sendable, Hashable, Codable {
    /// Addresses of a network, as docker's IPAM configuration has them.
    public struct Subnet: Sendable, Hashable, Codable {
        /// The subnet (`--subnet`); its host bits are zero.
        public var prefix: IPPrefix
        /// The bridge's own address (`--gateway`); `nil` is the subnet's first.
        public var gateway: IPAddress?
        /// Addresses are given out of this part alone (`--ip-range`).
        public var range: IPPrefix?
        /// Addresses that are never given out, by name (`--aux-address`).
        public var reserved: [String: IPAddress]

        /// Makes a subnet.
        public init(
            prefix: IPPrefix, gateway: IPAddress? = nil, range: IPPrefix? = nil, reserved: [String: IPAddress] = [:]
        ) {
            self.prefix = prefix
            self.gateway = gateway
            self.range = range
            self.reserved = reserved
        }
    }

    /// Unique; docker's rules for names of containers.
    public var name: String
    /// `bridge`, the only one here.
    public var driver: String
    /// No way out and none in (`--internal`).
    public var isInternal: Bool
    /// IPv6 as well (`--ipv6`).
    public var ipv6: Bool
    /// IPv4 as well (`--ipv4`, on unless switched off).
    public var ipv4: Bool
    /// At most one a family; a missing one is chosen.
    public var subnets: [Subnet]
    /// Key and value pairs to attach.
    public var labels: [String: String]
    /// Options of the driver (`-o`): docker's `com.docker.network.…` keys.
    public var options: [String: String]

    /// A network with docker's defaults.
    public init(name: String) {
        self.name = name
        driver = "bridge"
        isInternal = false
        ipv6 = false
        ipv4 = true
        subnets = []
        labels = [:]
        options = [:]
    }
}
