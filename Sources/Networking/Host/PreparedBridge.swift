/// A bridge that is there and up, with its rules.
public struct PreparedBridge: Sendable, Hashable {
    /// Its interface index.
    public var index: Int32
    /// Its MTU in bytes, which its links get too.
    public var mtu: UInt32
    /// What could not be had and is not needed by everybody, in words.
    public var warnings: [String]
}
