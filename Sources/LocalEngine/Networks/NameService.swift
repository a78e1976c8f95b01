import Engine

/// How a container finds names: what its resolv.conf says, and whom its monitor asks. Pure; the rules are docker's.
struct NameService: Sendable, Hashable {
    /// The monitor's address within the container.
    static let ownServer = IPAddress.v4(127 << 24 | 11)

    /// The container's file.
    var file: ResolverFile
    /// The monitor answers; these are asked for the names of the world.
    var upstream: [ResolverFile.Server]?

    /// - Parameters:
    ///   - host: the host's own file.
    ///   - sharesNames: the container is on a network whose members find each other by name.
    ///   - alwaysAnswers: the host's servers can be reached from the monitor's place alone.
    init(host: ResolverFile, options: NetworkOptions, sharesNames: Bool, alwaysAnswers: Bool = false) {
        let asked = options.dns.isEmpty ? host.servers : options.dns.map { ResolverFile.Server($0) }
        file = ResolverFile()
        file.search = options.dnsSearch.isEmpty ? host.search : options.dnsSearch.filter { $0 != "." }
        file.options = options.dnsOptions.isEmpty ? host.options : options.dnsOptions
        let reachable = options.dns.isEmpty ? asked.filter { !$0.isOfHostAlone } : asked
        if !sharesNames, !alwaysAnswers, !reachable.isEmpty || asked.isEmpty {
            file.servers = reachable
            return
        }
        upstream = asked
        file.servers = [ResolverFile.Server(Self.ownServer)]
        // Names of containers have no dots: they are asked for as they are before any search domain is tried.
        if sharesNames, !file.options.contains(where: { $0.hasPrefix("ndots:") }) { file.options.append("ndots:0") }
    }
}
