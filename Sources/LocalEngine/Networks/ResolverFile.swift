import Engine
import Glibc

/// What a resolv.conf(5) says.
struct ResolverFile: Sendable, Hashable {
    /// A name server; link-local ones name their interface behind `%`.
    struct Server: Sendable, Hashable {
        var address: IPAddress
        var zone: String?

        /// Reads `192.0.2.1` or `fe80::1%eth0`.
        init?(_ text: some StringProtocol) {
            let parts = text.split(separator: "%", maxSplits: 1)
            guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
            self.address = address
            zone = parts.count == 2 ? String(parts[1]) : nil
        }

        init(_ address: IPAddress) { self.address = address }

        /// Only the host itself reaches it.
        var isOfHostAlone: Bool { address.isLoopback || zone != nil }

        /// The zone's interface index; 0 without one.
        var scope: UInt32 {
            guard let zone else { return 0 }
            return UInt32(zone) ?? if_nametoindex(zone)
        }
    }

    var servers: [Server] = []
    var search: [String] = []
    var options: [String] = []

    init() {}

    /// Reads a file's text; what cannot be understood is passed over, as the C library does.
    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split { $0 == " " || $0 == "\t" }
            guard let key = words.first, !key.hasPrefix("#"), !key.hasPrefix(";") else { continue }
            switch key {
            case "nameserver": if words.count > 1, let server = Server(words[1]) { servers.append(server) }
            // The last of both kinds wins.
            case "search", "domain": search = words.dropFirst().map(String.init)
            case "options": options += words.dropFirst().map(String.init)
            default: continue
            }
        }
    }

    /// The file's text.
    var text: String {
        var lines = ["# Made by spyhop from the host's file and the container's options."]
        lines += servers.map { "nameserver \($0.address)" + ($0.zone.map { "%\($0)" } ?? "") }
        if !search.isEmpty { lines.append("search " + search.joined(separator: " ")) }
        if !options.isEmpty { lines.append("options " + options.joined(separator: " ")) }
        return lines.map { $0 + "\n" }.joined()
    }
}
