import Engine

/// What a container asks of a network before it starts.
public struct LeaseRequest: Sendable, Hashable {
    /// The network.
    public var networkID: NetworkID
    /// Its request, complete.
    public var network: NetworkSpec
    /// The container.
    public var containerID: ContainerID
    /// Its name.
    public var containerName: String
    /// Certain addresses, and aliases.
    public var attachment: NetworkAttachment
    /// The number in `ethN`.
    public var number: Int
    /// Published ports, to be written down with it.
    public var ports: [PublishedPort]

    /// Makes a request.
    public init(
        networkID: NetworkID, network: NetworkSpec, containerID: ContainerID, containerName: String,
        attachment: NetworkAttachment, number: Int, ports: [PublishedPort] = []
    ) {
        self.networkID = networkID
        self.network = network
        self.containerID = containerID
        self.containerName = containerName
        self.attachment = attachment
        self.number = number
        self.ports = ports
    }
}
