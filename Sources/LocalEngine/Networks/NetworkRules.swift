import Engine
import LinuxSystem

/// What docker forbids about networks, in its words (moby, runconfig/hostconfig_unix.go and daemon/container_operations.go).
extension ContainerSpec {
    /// Refuses options that contradict each other.
    func checkNetwork() throws(EngineError) {
        let options = network ?? NetworkOptions()
        if networkMode.containerReference != nil { try checkShared(options) }
        if networkMode == .host || networkMode == .none, options.attachments.contains(where: { $0 != plain }) {
            throw EngineError(
                .invalidArgument, "--network \(networkMode.rawValue) has no addresses and no aliases",
                hint: "leave out --ip, --ip6, --mac-address and --network-alias")
        }
        for attachment in options.attachments { try attachment.checkNames() }
        if let domainname, domainname.utf8.count > 64 || domainname.utf8.contains(where: { $0 <= 0x20 }) {
            throw EngineError(
                .invalidArgument, "\"\(domainname)\" is no domain name", hint: "at most 64 bytes, no spaces")
        }
        for text in options.extraHosts + options.dnsSearch + options.dnsOptions
        where text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) {
            throw EngineError(.invalidArgument, "a name holds a control character: \(text.prefix(40))")
        }
    }

    private var plain: NetworkAttachment { NetworkAttachment(network: networkMode.rawValue) }

    private func checkShared(_ options: NetworkOptions) throws(EngineError) {
        func refuse(_ what: String) -> EngineError { EngineError(.invalidArgument, "conflicting options: \(what)") }
        if hostname != nil { throw refuse("hostname and the network mode") }
        if !options.dns.isEmpty { throw refuse("dns and the network mode") }
        if !options.extraHosts.isEmpty { throw refuse("custom host-to-IP mapping and the network mode") }
        if options.attachments.contains(where: { $0.macAddress != nil }) {
            throw refuse("mac-address and the network mode")
        }
        if !options.ports.isEmpty || options.publishesAll {
            throw refuse("port publishing and the container type network mode")
        }
        if !options.exposed.isEmpty { throw refuse("port exposing and the container type network mode") }
    }
}

extension NetworkAttachment {
    /// Names go into files of lines and into answers of the name server.
    func checkNames() throws(EngineError) {
        for alias in aliases {
            let isName =
                (1...255).contains(alias.utf8.count)
                && alias.utf8.allSatisfy {
                    ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a) || (0x30...0x39).contains($0) || $0 == 0x2d
                        || $0 == 0x2e || $0 == 0x5f
                }
            guard isName else {
                throw EngineError(.invalidArgument, "\"\(alias)\" is no alias", hint: "a-z A-Z 0-9 _ . -")
            }
        }
    }

    /// What only networks of one's own have.
    func check(on network: NetworkRecord) throws(EngineError) {
        guard !network.sharesNames else { return }
        if !aliases.isEmpty {
            throw EngineError(
                .invalidArgument, "network-scoped aliases are only supported for user-defined networks",
                hint: "spyhop network create NAME, then --network NAME")
        }
        if ipv4 != nil || ipv6 != nil {
            throw EngineError(
                .invalidArgument, "user specified IP address is supported on user defined networks only",
                hint: "spyhop network create NAME, then --network NAME")
        }
    }
}

extension ContainerRecord {
    /// Whether a further network fits.
    func checkConnecting(_ attachment: NetworkAttachment, _ network: NetworkRecord) throws(EngineError) {
        if networkMode == .host || networkMode.containerReference != nil {
            throw EngineError(
                .conflict,
                "container sharing network namespace with another container or host cannot be connected to any other network"
            )
        }
        if networkMode == .none {
            throw EngineError(
                .conflict,
                "container cannot be connected to multiple networks with one of the networks in private (none) mode")
        }
        guard network.hasBridge else {
            throw EngineError(.conflict, "container cannot be connected to network \(network.name)")
        }
        try attachment.checkNames()
        try attachment.check(on: network)
    }
}
