import Engine

/// A container's networks as its monitor needs them: ready messages for the kernel, and descriptors that hold what the
/// container has taken. Made by whoever knows networks; here they only travel.
///
/// Descriptors stay the caller's and are needed until the start has returned; the monitor keeps its own.
public struct BundleNetwork: Sendable, Hashable {
    /// One network: a pair of virtual interfaces (`struct sph_link`).
    public struct Link: Sendable, Hashable {
        /// The network.
        public var network: NetworkID
        /// Netlink messages for the namespace that bridges lie in.
        public var outer: [UInt8]
        /// Offsets in `outer` where the descriptor of the container's namespace goes.
        public var patches: [Int]
        /// Netlink messages for the container's namespace.
        public var inner: [UInt8]
        /// Netlink messages that take the pair away.
        public var removal: [UInt8]
        /// The lease's file.
        public var leasePath: String
        /// The locked lease.
        public var lease: Int32
        /// The directory of the network's leases, where its names are shared.
        public var namesDirectory: String?

        /// Gathers a link.
        public init(
            network: NetworkID, outer: [UInt8], patches: [Int], inner: [UInt8], removal: [UInt8], leasePath: String,
            lease: Int32, namesDirectory: String? = nil
        ) {
            self.network = network
            self.outer = outer
            self.patches = patches
            self.inner = inner
            self.removal = removal
            self.leasePath = leasePath
            self.lease = lease
            self.namesDirectory = namesDirectory
        }
    }

    /// A published port (`struct sph_port`).
    public struct Port: Sendable, Hashable {
        /// The socket that listens on the host.
        public var listener: Int32
        /// What it carries.
        public var transport: TransportProtocol
        /// Where it leads to; `nil` is nowhere at present.
        public var target: Target?

        /// Names a port.
        public init(listener: Int32, transport: TransportProtocol, target: Target?) {
            self.listener = listener
            self.transport = transport
            self.target = target
        }
    }

    /// An address and a port (`struct sph_address`).
    public struct Target: Sendable, Hashable {
        /// The address.
        public var address: IPAddress
        /// The port.
        public var port: UInt16
        /// The interface of a link-local address.
        public var scope: UInt32

        /// Names a target.
        public init(_ address: IPAddress, port: UInt16, scope: UInt32 = 0) {
            self.address = address
            self.port = port
            self.scope = scope
        }
    }

    /// What changes for ports and names when a network comes or goes; `nil` leaves it as it is.
    public struct Change: Sendable, Hashable {
        /// The rules of published ports.
        public var firewall: [UInt8]?
        /// Where each port leads to, in the order of the start.
        public var targets: [Target?]?
        /// Rules that lead names' questions to the monitor.
        public var nameRules: [UInt8]?
        /// Who is asked for other names.
        public var resolvers: [Target]?
        /// All networks are internal now.
        public var isIsolated: Bool

        /// Nothing changes but perhaps the isolation.
        public init(isIsolated: Bool) { self.isIsolated = isIsolated }
    }

    /// Its networks, in the order of their interfaces.
    public var links: [Link] = []
    /// Its published ports.
    public var ports: [Port] = []
    /// The rules of its published ports; empty for none.
    public var firewall: [UInt8] = []
    /// Rules that lead names' questions to the monitor; empty when it answers none.
    public var nameRules: [UInt8] = []
    /// Who is asked for the world's names.
    public var resolvers: [Target] = []
    /// The network namespace that bridges lie in; `nil` is this process's own.
    public var home: Int32?
    /// All networks are internal.
    public var isIsolated = false
    /// Further descriptors that live as long as the monitor.
    public var kept: [Int32] = []
    /// The network namespace of another container to join instead of one of its own.
    public var shared: Int32?

    /// No network.
    public init() {}
}
