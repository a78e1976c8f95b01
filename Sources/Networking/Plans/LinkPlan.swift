import Engine

/// One network of one container as netlink messages, ready for the wire's `sph_link`. Every message asks for an
/// acknowledgement (NLM_F_ACK).
public struct LinkPlan: Sendable, Hashable {
    /// NETLINK_ROUTE, for the namespace of the bridges: makes the pair. The last message is sent once more after `inner`.
    public var outer: [UInt8]
    /// Offsets into `outer` of 32-bit values in host order that become the number of the descriptor of the container's
    /// network namespace.
    public var patches: [Int]
    /// NETLINK_ROUTE, in the container's network namespace: addresses, up, routes.
    public var inner: [UInt8]
    /// NETLINK_ROUTE, for the namespace of the bridges: takes the pair away.
    public var removal: [UInt8]

    /// What a link needs beside its endpoint.
    public struct Settings: Sendable, Hashable {
        /// The bridge's interface index.
        public var bridgeIndex: Int32
        /// The interface's MTU in bytes.
        public var mtu: UInt32
        /// The number in `ethN`; different for every network of a container.
        public var number: Int
        /// Routes to everywhere lead through the endpoint's gateways. Of several networks of a container the lowest number
        /// is taken.
        public var isDefaultRoute: Bool

        /// Makes settings.
        public init(bridgeIndex: Int32, mtu: UInt32, number: Int, isDefaultRoute: Bool) {
            self.bridgeIndex = bridgeIndex
            self.mtu = mtu
            self.number = number
            self.isDefaultRoute = isDefaultRoute
        }
    }
}
