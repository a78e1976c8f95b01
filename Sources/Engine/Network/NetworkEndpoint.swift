/// A running container's place on a network.
public struct NetworkEndpoint: Sendable, Hashable, Codable {
    /// The network.
    public var networkID: NetworkID
    /// Its name.
    public var networkName: String
    /// The container.
    public var containerID: ContainerID
    /// Its name.
    public var containerName: String
    /// Its address and the subnet's length.
    public var ipv4: IPPrefix?
    /// Its address and the subnet's length.
    public var ipv6: IPPrefix?
    /// The way out; `nil` on an internal network.
    public var gateway4: IPAddress?
    /// The way out; `nil` on an internal network.
    public var gateway6: IPAddress?
    /// The hardware address.
    public var macAddress: MACAddress
    /// Further names that others on the network find it by.
    public var aliases: [String]
    /// The interface in the container: `eth0`.
    public var interface: String
    /// Its other end, on the host.
    public var hostInterface: String

    /// Makes an endpoint.
    public init(
        networkID: NetworkID, networkName: String, containerID: ContainerID, containerName: String,
        ipv4: IPPrefix? = nil, ipv6: IPPrefix? = nil, gateway4: IPAddress? = nil, gateway6: IPAddress? = nil,
        macAddress: MACAddress, aliases: [String] = [], interface: String, hostInterface: String
    ) {
        self.networkID = networkID
        self.networkName = networkName
        self.containerID = containerID
        self.containerName = containerName
        self.ipv4 = ipv4
        self.ipv6 = ipv6
        self.gateway4 = gateway4
        self.gateway6 = gateway6
        self.macAddress = macAddress
        self.aliases = aliases
        self.interface = interface
        self.hostInterface = hostInterface
    }
}
