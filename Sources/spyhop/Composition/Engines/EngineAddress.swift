import Engine
import HTTP

/// Where an engine is, as docker spells it: `unix://PATH`, `tcp://HOST:PORT`, `ssh://USER@HOST`.
struct EngineAddress: Sendable, Equatable {
    /// As it was written.
    var text: String
    var place: HTTPPlace
    /// On this host.
    var isLocal: Bool

    /// Reads an address. A bare path is a socket's.
    /// - Throws: `.invalidArgument` for what is no address, `.unsupported` for a pipe of Windows.
    init(_ text: String, trust: HTTPTrust? = nil) throws(EngineError) {
        self.text = text
        if text.hasPrefix("unix://") || text.hasPrefix("/") {
            let path = text.hasPrefix("/") ? text : String(text.dropFirst("unix://".count))
            guard path.hasPrefix("/") else { throw Self.invalid(text) }
            (place, isLocal) = (.unix(path: path), true)
            self.text = "unix://\(path)"
        } else if text.hasPrefix("ssh://") {
            let host = try SecureShellAddress(text)
            place = .program(["ssh"] + host.options + ["-T", "--", host.destination, "docker", "system", "dial-stdio"])
            isLocal = false
        } else if text.hasPrefix("npipe://") {
            throw EngineError(.unsupported, "\(text) is a pipe of Windows", hint: "use unix://, tcp:// or ssh://")
        } else {
            let (host, port, isSecure) = try Self.server(text, trust != nil)
            place = .tcp(host: host, port: port, trust: isSecure ? trust ?? HTTPTrust() : nil)
            isLocal = ["localhost", "127.0.0.1", "::1"].contains(host)
        }
    }

    /// An address that is already known to be right.
    init(socket path: String) {
        (text, place, isLocal) = ("unix://\(path)", .unix(path: path), true)
    }

    private static func invalid(_ text: String) -> EngineError {
        EngineError(
            .invalidArgument, "\"\(text)\" is no address of an engine",
            hint: "unix:///var/run/docker.sock, tcp://HOST:2375, ssh://USER@HOST")
    }

    private static func server(
        _ text: String, _ hasTrust: Bool
    ) throws(EngineError) -> (host: String, port: Int, isSecure: Bool) {
        var rest = text[...]
        var isSecure = hasTrust
        for (scheme, secures) in [("tcp://", hasTrust), ("http://", false), ("https://", true)]
        where rest.hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            isSecure = secures
        }
        rest = rest.prefix { $0 != "/" }
        guard !rest.isEmpty, !text.contains("://") || rest.startIndex != text.startIndex else { throw invalid(text) }
        let usual = isSecure ? 2376 : 2375
        var host = String(rest)
        var port = usual
        if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            let behind = rest[rest.index(after: end)...]
            if behind.hasPrefix(":") { port = Int(behind.dropFirst()) ?? -1 } else if !behind.isEmpty { port = -1 }
        } else if let colon = rest.lastIndex(of: ":") {
            host = String(rest[..<colon])
            port = Int(rest[rest.index(after: colon)...]) ?? -1
        }
        guard !host.isEmpty, !host.hasPrefix("["), (1...65_535).contains(port),
            !host.contains(where: { $0.isWhitespace })
        else {
            throw invalid(text)
        }
        return (host, port, isSecure)
    }
}
