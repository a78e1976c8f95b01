import Engine

/// An interface with its figures since it was made (struct rtnl_link_stats64).
public struct LinkInfo: Sendable, Hashable {
    /// Its index.
    public var index: Int32
    /// Its name.
    public var name: String
    /// What kind the kernel made it of: `bridge`, `veth`; `nil` for hardware and loopback.
    public var kind: String?
    /// Its MTU in bytes.
    public var mtu: UInt32
    /// Whether it is switched on (IFF_UP).
    public var isUp: Bool
    /// The index of the bridge it belongs to.
    public var master: Int32?
    /// Its hardware address.
    public var macAddress: MACAddress?
    /// The text that somebody gave it (IFLA_IFALIAS).
    public var alias: String?
    /// Bytes in.
    public var receivedBytes: UInt64
    /// Packets in.
    public var receivedPackets: UInt64
    /// Bytes out.
    public var sentBytes: UInt64
    /// Packets out.
    public var sentPackets: UInt64
}
