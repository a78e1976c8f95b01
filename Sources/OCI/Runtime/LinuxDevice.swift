/// A device file in the container (runtime-spec, config-linux.md, "Devices").
public struct LinuxDevice: Sendable, Hashable, Codable {
    /// `c`, `b`, `u` or `p`.
    public var type: String
    /// Absolute path in the container.
    public var path: String
    /// The driver's number.
    public var major: Int64?
    /// The device's number.
    public var minor: Int64?
    /// Permission bits, in decimal in JSON.
    public var fileMode: UInt32?
    /// The owner.
    public var uid: UInt32?
    /// The owning group.
    public var gid: UInt32?

    /// Makes a device.
    public init(
        type: String, path: String, major: Int64? = nil, minor: Int64? = nil, fileMode: UInt32? = nil,
        uid: UInt32? = nil, gid: UInt32? = nil
    ) {
        self.type = type
        self.path = path
        self.major = major
        self.minor = minor
        self.fileMode = fileMode
        self.uid = uid
        self.gid = gid
    }
}
