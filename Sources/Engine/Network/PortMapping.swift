/// One port that a person wants published (`-p`), ranges already taken apart.
public struct PortMapping: Sendable, Hashable, Codable {
    /// Where on the host it listens; `nil` is every address of both families.
    public var hostAddress: IPAddress?
    /// The first free one of these is taken; `nil` is any free one of the kernel's range.
    public var hostPorts: ClosedRange<UInt16>?
    /// Where it leads to in the container.
    public var container: ExposedPort

    /// Makes a wish.
    public init(hostAddress: IPAddress? = nil, hostPorts: ClosedRange<UInt16>?, container: ExposedPort) {
        self.hostAddress = hostAddress
        self.hostPorts = hostPorts
        self.container = container
    }
}
