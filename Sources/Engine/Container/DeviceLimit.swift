/// A value for one block device (`--device-read-bps /dev/sda:1mb`).
public struct DeviceLimit: Sendable, Hashable, Codable {
    /// The device's path on the host.
    public var path: String
    /// A weight, or bytes or operations in a second.
    public var value: UInt64

    /// Names a device and its value.
    public init(path: String, value: UInt64) {
        self.path = path
        self.value = value
    }
}
