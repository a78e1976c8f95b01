import Engine

/// What the options of networks, ports and names say, each as it was written.
struct NetworkWords: Sendable, Equatable {
    var network: [String] = []
    var networkAlias: [String] = []
    var ip: String?
    var ip6: String?
    var macAddress: String?
    var publish: [String] = []
    var publishAll = false
    var expose: [String] = []
    var addHost: [String] = []
    var dns: [String] = []
    var dnsSearch: [String] = []
    var dnsOption: [String] = []
    var domainname: String?
    var link: [String] = []

    /// What is said on standard error before anything is done.
    var warnings: [String] {
        guard !publish.isEmpty || publishAll, network.last == "host" else { return [] }
        return ["published ports are discarded when using host network mode"]
    }

    /// Takes over what was asked for.
    /// - Throws: `EngineError` `.invalidArgument` or `.unsupported`.
    func apply(to spec: inout ContainerSpec) throws {
        if let link = link.first {
            throw EngineError(
                .unsupported, "--link \(link) is docker's old way and not there",
                hint: "spyhop network create NAME, and --network NAME for both: they find each other by name")
        }
        var options = NetworkOptions()
        options.attachments = try attachments()
        if let first = options.attachments.first { spec.networkMode = NetworkMode(rawValue: first.network) }
        // What a mode says by itself is not said twice.
        if options.attachments == [NetworkAttachment(network: spec.networkMode.rawValue)] { options.attachments = [] }
        options.ports = try publish.flatMap(PortOption.mappings)
        options.publishesAll = publishAll
        options.exposed = try expose.flatMap(PortOption.exposed)
        options.dns = try dns.map(NameOption.server)
        options.dnsSearch = try dnsSearch.map(NameOption.searchDomain)
        options.dnsOptions = dnsOption
        options.extraHosts = try addHost.map(NameOption.host)
        spec.domainname = domainname
        if options != NetworkOptions() { spec.network = options }
    }

    /// The options that stand alone are about the first network.
    private func attachments() throws -> [NetworkAttachment] {
        var all = try network.map(NetworkOption.parse)
        let isSpecial = Set(["host", "none"])
        if all.count > 1,
            all.contains(where: { isSpecial.contains($0.network) || $0.network.hasPrefix("container:") })
        {
            throw EngineError(
                .invalidArgument,
                "conflicting options: cannot attach both user-defined and non-user-defined network-modes")
        }
        if all.isEmpty { all = [NetworkAttachment(network: NetworkMode.bridge.rawValue)] }
        try merge(into: &all[0])
        for (index, one) in all.enumerated() where all[..<index].contains(where: { $0.network == one.network }) {
            throw EngineError(.invalidArgument, "network \"\(one.network)\" is specified multiple times")
        }
        return all
    }

    private func merge(into first: inout NetworkAttachment) throws {
        func refuse(_ option: String, _ what: String) -> EngineError {
            EngineError(
                .invalidArgument, "conflicting options: cannot specify both --\(option) and per-network \(what)")
        }
        if !networkAlias.isEmpty {
            guard first.aliases.isEmpty else { throw refuse("network-alias", "alias") }
            first.aliases = networkAlias
        }
        if let ip {
            guard first.ipv4 == nil else { throw refuse("ip", "IPv4 address") }
            first.ipv4 = try NetworkOption.ipv4(ip, for: "--ip")
        }
        if let ip6 {
            guard first.ipv6 == nil else { throw refuse("ip6", "IPv6 address") }
            first.ipv6 = try NetworkOption.ipv6(ip6, for: "--ip6")
        }
        if let macAddress {
            guard first.macAddress == nil else { throw refuse("mac-address", "MAC address") }
            first.macAddress = try NetworkOption.hardware(macAddress)
        }
    }
}
