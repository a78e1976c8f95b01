/// How a connector reaches servers.
public struct HTTPOptions: Sendable, Hashable {
    /// Whose certificates are taken.
    public var trust = HTTPTrust()
    /// Through whom; `nil` is directly.
    public var proxy: HTTPProxy?
    /// Seconds for a connection to come about, names and TLS included.
    public var connectTimeout: Int64 = 10
    /// Seconds of silence after which an answer, or a body that is being sent, is given up. There is no other bound on
    /// how long a body takes.
    public var idleTimeout: Int64 = 60
    /// Seconds that a connection is kept for the next request.
    public var keepAlive: Int64 = 60
    /// Connections to one host at most. More requests wait for one, no longer than `connectTimeout`: whoever sends many
    /// bounds them himself.
    public var connectionsPerHost = 64

    /// Directly, with the system's authorities.
    public init() {}
}
