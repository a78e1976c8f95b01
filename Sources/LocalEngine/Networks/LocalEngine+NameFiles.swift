import Engine
import LinuxSystem

/// The files that name hosts, written at every start. They are written in place: what runs has them mounted.
extension LocalEngine {
    /// Writes /etc/hosts and /etc/resolv.conf of a container, and which ports it has.
    func writeNameFiles(
        _ record: ContainerRecord, _ definition: ContainerDefinition, _ network: NetworkStart?
    ) throws(EngineError) {
        let paths = paths(record.id)
        let options = definition.spec.network ?? NetworkOptions()
        let hosts: String
        let resolver: String
        if record.networkMode == .host {
            hosts = Self.hostHosts(options.extraHosts)
            resolver = Self.hostResolver(options)
        } else {
            let endpoints = network?.endpoints ?? []
            hosts = HostsFile.text(
                hostname: definition.hostname, domain: definition.spec.domainname, endpoints: endpoints,
                extra: options.extraHosts, gateway: hostGateway(endpoints))
            resolver = network?.names.file.text ?? Self.loneResolver(options)
        }
        try inWords("write the names of hosts for container \(record.name)") { () throws(SystemError) in
            try NameFile.write(hosts, to: paths.hosts)
            try NameFile.write(resolver, to: paths.resolvConf)
            try PublishedPorts.write(network?.publishedPorts ?? [], to: paths.ports)
        }
    }

    /// Of a container with loopback alone: what was asked for, and nothing of the host's.
    private static func loneResolver(_ options: NetworkOptions) -> String {
        guard !options.dns.isEmpty || !options.dnsSearch.isEmpty || !options.dnsOptions.isEmpty else { return "" }
        return NameService(host: ResolverFile(), options: options, sharesNames: false).file.text
    }

    private static func hostHosts(_ extra: [String]) -> String {
        let own = (try? Files.readText("/etc/hosts", limit: 1 << 20)) ?? "127.0.0.1\tlocalhost\n"
        let more = HostsFile.extraLines(extra, gateway: .v4(0x7f00_0001)).map { $0 + "\n" }.joined()
        return own + (own.hasSuffix("\n") || own.isEmpty ? "" : "\n") + more
    }

    /// The host's file as it is, unless something else was asked for.
    private static func hostResolver(_ options: NetworkOptions) -> String {
        let text = (try? Files.readText("/etc/resolv.conf", limit: 1 << 20)) ?? ""
        if options.dns.isEmpty, options.dnsSearch.isEmpty, options.dnsOptions.isEmpty { return text }
        var file = ResolverFile(text)
        if !options.dns.isEmpty { file.servers = options.dns.map { ResolverFile.Server($0) } }
        if !options.dnsSearch.isEmpty { file.search = options.dnsSearch.filter { $0 != "." } }
        if !options.dnsOptions.isEmpty { file.options = options.dnsOptions }
        return file.text
    }

    /// What `host-gateway` stands for: the host's address on the container's network.
    func hostGateway(_ endpoints: [NetworkEndpoint]) -> IPAddress? {
        if let gateway = endpoints.lazy.compactMap(\.gateway4).first { return gateway }
        return endpoints.lazy.compactMap(\.gateway6).first
    }
}
