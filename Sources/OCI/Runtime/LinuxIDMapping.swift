/// A range of user or group numbers and what it is outside (runtime-spec, config-linux.md, "User namespace mappings").
public struct LinuxIDMapping: Sendable, Hashable, Codable {
    /// The first number in the container.
    public var containerID: UInt32
    /// The first number outside.
    public var hostID: UInt32
    /// How many.
    public var size: UInt32

    /// Makes a range.
    public init(containerID: UInt32, hostID: UInt32, size: UInt32) {
        self.containerID = containerID
        self.hostID = hostID
        self.size = size
    }
}
