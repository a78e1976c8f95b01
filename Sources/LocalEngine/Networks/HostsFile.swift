import Engine

/// The text of a container's /etc/hosts (hosts(5)), as docker writes it.
enum HostsFile {
    private static let localhost = """
        127.0.0.1\tlocalhost
        ::1\tlocalhost ip6-localhost ip6-loopback
        fe00::\tip6-localnet
        ff00::\tip6-mcastprefix
        ff02::1\tip6-allnodes
        ff02::2\tip6-allrouters

        """

    /// A whole file.
    /// - Parameters:
    ///   - extra: `NAME:ADDRESS` as the person gave them.
    ///   - gateway: what `host-gateway` stands for.
    static func text(
        hostname: String, domain: String?, endpoints: [NetworkEndpoint], extra: [String], gateway: IPAddress?
    ) -> String {
        var lines = extraLines(extra, gateway: gateway)
        if endpoints.isEmpty {
            let names = self.names(hostname, domain)
            lines += ["127.0.0.1\t\(names)", "::1\t\(names)"]
        }
        for endpoint in endpoints { lines += self.lines(of: endpoint, hostname: hostname, domain: domain) }
        return localhost + lines.map { $0 + "\n" }.joined()
    }

    /// The lines of `--add-host`.
    static func extraLines(_ extra: [String], gateway: IPAddress?) -> [String] {
        extra.compactMap { entry in
            guard let colon = entry.firstIndex(of: ":") else { return nil }
            let address = entry[entry.index(after: colon)...]
            if address == "host-gateway" { return gateway.map { "\($0)\t\(entry[..<colon])" } }
            return "\(address)\t\(entry[..<colon])"
        }
    }

    /// What a network adds: the container's own names.
    static func lines(of endpoint: NetworkEndpoint, hostname: String, domain: String?) -> [String] {
        let names = names(hostname, domain)
        return [endpoint.ipv4, endpoint.ipv6].compactMap { $0.map { "\($0.address)\t\(names)" } }
    }

    /// A text without some lines and with others at its end. What people have written in it stays.
    static func changed(_ text: String, without old: [String], with new: [String]) -> String {
        var gone = old
        var kept: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let index = gone.firstIndex(where: { $0 == line }) {
                gone.remove(at: index)
            } else {
                kept.append(line)
            }
        }
        while kept.last?.isEmpty == true { kept.removeLast() }
        return (kept.map(String.init) + new).map { $0 + "\n" }.joined()
    }

    private static func names(_ hostname: String, _ domain: String?) -> String {
        guard let domain, !domain.isEmpty else { return hostname }
        return "\(hostname).\(domain) \(hostname)"
    }
}
