/// Where a single connection leads.
public enum HTTPPlace: Sendable, Hashable {
    /// A unix socket, by its path.
    case unix(path: String)
    /// A host; with a trust TLS is spoken.
    case tcp(host: String, port: Int, trust: HTTPTrust?)
    /// The standard input and output of a program that is started for it, with the caller's environment: its words, the first
    /// of them looked for in `PATH`.
    case program([String])

    /// What sentences call it.
    public var description: String {
        switch self {
        case .unix(let path): "unix://\(path)"
        case .tcp(let host, let port, _): "tcp://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        case .program(let words): words.joined(separator: " ")
        }
    }

    /// What `Host` says. Engines behind sockets and programs have no name, and take any.
    var host: String {
        guard case .tcp(let host, let port, _) = self else { return "localhost" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
