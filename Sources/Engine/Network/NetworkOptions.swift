/// What a container's request says of networks beyond `NetworkMode`.
public struct NetworkOptions: Sendable, Hashable, Codable {
    /// The networks it is on; the first one is the network of `NetworkMode`, with its options.
    public var attachments: [NetworkAttachment]
    /// Ports to publish (`-p`).
    public var ports: [PortMapping]
    /// All exposed ports are published on free ones (`-P`).
    public var publishesAll: Bool
    /// Ports exposed beside the image's (`--expose`).
    public var exposed: [ExposedPort]
    /// Name servers (`--dns`).
    public var dns: [IPAddress]
    /// Search domains (`--dns-search`); `.` is none.
    public var dnsSearch: [String]
    /// Options of resolv.conf(5) (`--dns-option`).
    public var dnsOptions: [String]
    /// `NAME:ADDRESS` lines for /etc/hosts (`--add-host`); the address may be `host-gateway`.
    public var extraHosts: [String]

    /// Nothing beyond the usual.
    public init() {
        attachments = []
        ports = []
        publishesAll = false
        exposed = []
        dns = []
        dnsSearch = []
        dnsOptions = []
        extraHosts = []
    }
}
