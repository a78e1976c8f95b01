/// Why a request got no answer, or its answer broke off.
public enum HTTPFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why a TLS connection did not come about.
    public enum TLSReason: Sendable, Hashable {
        /// The certificate's chain leads to nobody who is trusted.
        case unknownAuthority
        /// The certificate is not, or no longer, valid.
        case outOfDate
        /// The certificate is for another host.
        case otherHost
        /// What answered does not speak TLS: plain HTTP mostly.
        case notTLS
        /// The server wants a certificate of the client, or does not take the one it got.
        case clientCertificate
        /// Something else, in the library's words.
        case other(String)
    }

    /// No URL that can be asked.
    case invalidURL(String)
    /// The host's name leads to no address.
    case unknownHost(String)
    /// Nobody listens at `HOST:PORT`.
    case refused(String)
    /// The network does not lead there; the reason in the kernel's words.
    case noRoute(String, reason: String)
    /// No connection within the time for it.
    case connectTimedOut(String)
    /// The other side was silent for too long.
    case idle(String)
    /// TLS with this server failed.
    case tls(String, TLSReason)
    /// A certificate or key of one's own cannot be used: the file, and why.
    case unusableFile(String, reason: String)
    /// The connection ended before the answer did.
    case closedEarly(String)
    /// The proxy did not open the way.
    case proxyRefused(reason: String)
    /// The answer was longer than this many bytes.
    case tooLong(limit: Int)
    /// What came is no HTTP.
    case malformed(String, reason: String)
    /// The task was cancelled.
    case cancelled
    /// The connector has been closed.
    case closed
    /// Something else, in the library's words.
    case other(String, reason: String)

    /// One sentence, lower case.
    public var description: String {
        switch self {
        case .invalidURL(let url): "\"\(url)\" is not a URL that can be asked"
        case .unknownHost(let host): "no such host: \(host)"
        case .refused(let server): "\(server) refuses connections"
        case .noRoute(let server, let reason): "\(server) cannot be reached: \(reason)"
        case .connectTimedOut(let server): "\(server) did not accept a connection in time"
        case .idle(let server): "\(server) was silent for too long"
        case .tls(let server, let reason): "no TLS with \(server): \(reason)"
        case .unusableFile(let path, let reason): "\(path) cannot be used for TLS: \(reason)"
        case .closedEarly(let server): "\(server) closed the connection before its answer was complete"
        case .proxyRefused(let reason): "the proxy refuses: \(reason)"
        case .tooLong(let limit): "the answer is longer than \(limit) bytes"
        case .malformed(let server, let reason): "what \(server) answers is not HTTP: \(reason)"
        case .cancelled: "cancelled"
        case .closed: "the connections have been closed"
        case .other(let server, let reason): "the request to \(server) failed: \(reason)"
        }
    }
}

extension HTTPFailure.TLSReason: CustomStringConvertible {
    /// What follows a colon.
    public var description: String {
        switch self {
        case .unknownAuthority: "its certificate is signed by an authority that is not trusted here"
        case .outOfDate: "its certificate is not valid at this time"
        case .otherHost: "its certificate is for another host"
        case .notTLS: "it does not speak TLS"
        case .clientCertificate: "it wants a certificate of the client's that it knows"
        case .other(let words): words
        }
    }
}
