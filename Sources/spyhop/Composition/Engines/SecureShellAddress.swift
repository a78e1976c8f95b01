import Engine

/// `ssh://[USER@]HOST[:PORT]`, for the system's ssh.
struct SecureShellAddress: Sendable, Equatable {
    /// `USER@HOST`.
    var destination: String
    var port: Int?

    /// - Throws: `.invalidArgument`; a host that begins with a dash would be an option of ssh's.
    init(_ text: String) throws(EngineError) {
        let rest = text.dropFirst("ssh://".count)
        let invalid = EngineError(
            .invalidArgument, "\"\(text)\" is no address for ssh", hint: "ssh://USER@HOST, ssh://USER@HOST:PORT")
        let server = rest.hasSuffix("/") ? rest.dropLast() : rest
        guard text.hasPrefix("ssh://"), !server.isEmpty, !server.contains("/"),
            !server.contains(where: { $0.isWhitespace })
        else { throw invalid }
        let at = server.lastIndex(of: "@")
        let user = at.map { server[...$0] } ?? server.prefix(0)
        var host = at.map { server[server.index(after: $0)...] } ?? server
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            let behind = host[host.index(after: end)...]
            host = host[host.index(after: host.startIndex)..<end]
            if behind.hasPrefix(":") {
                guard let number = Int(behind.dropFirst()), (1...65_535).contains(number) else { throw invalid }
                port = number
            }
        } else if let colon = host.lastIndex(of: ":") {
            guard let number = Int(host[host.index(after: colon)...]), (1...65_535).contains(number) else {
                throw invalid
            }
            port = number
            host = host[..<colon]
        }
        guard !host.isEmpty, !host.hasPrefix("-"), !user.hasPrefix("-") else { throw invalid }
        destination = String(user) + String(host)
    }

    /// What ssh is told before its destination.
    var options: [String] { port.map { ["-p", "\($0)"] } ?? [] }
}
