/// A published port of a running container as it is: `0.0.0.0:8080->80/tcp`.
public struct PublishedPort: Sendable, Hashable, Codable, Comparable {
    /// Where on the host it listens; unspecified is every address of its family.
    public var hostAddress: IPAddress
    /// The host's port.
    public var hostPort: UInt16
    /// The port in the container.
    public var container: ExposedPort

    /// Makes one.
    public init(hostAddress: IPAddress, hostPort: UInt16, container: ExposedPort) {
        self.hostAddress = hostAddress
        self.hostPort = hostPort
        self.container = container
    }

    /// By the container's port, then by where it listens.
    public static func < (left: PublishedPort, right: PublishedPort) -> Bool {
        (left.container, left.hostAddress, left.hostPort) < (right.container, right.hostAddress, right.hostPort)
    }
}
