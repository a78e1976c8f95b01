/// A server through which others are reached.
public struct HTTPProxy: Sendable, Hashable {
    /// How it is spoken to.
    public enum Kind: Sendable, Hashable {
        /// By CONNECT (RFC 9110, section 9.3.6), for plain HTTP as well.
        case http
        /// SOCKS 5, which knows no password here.
        case socks
    }

    /// How it is spoken to.
    public var kind: Kind
    /// A name or an address.
    public var host: String
    /// Its port.
    public var port: Int
    /// With `password`, for Basic authentication; `nil` for none.
    public var username: String?
    /// Empty when there is none.
    public var password: String

    /// Makes a proxy.
    public init(_ kind: Kind = .http, host: String, port: Int, username: String? = nil, password: String = "") {
        self.kind = kind
        self.host = host
        self.port = port
        self.username = username
        self.password = password
    }
}
