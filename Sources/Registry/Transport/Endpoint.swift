/// A server that answers for a registry: the registry itself, or a mirror of it.
struct Endpoint: Hashable, Sendable {
    /// How it is spoken to.
    enum Scheme: Hashable, Sendable {
        /// HTTPS.
        case secure
        /// HTTP.
        case plain
        /// HTTPS, and HTTP when that is not spoken.
        case either
    }

    /// As credentials are kept for it and as it is told to people: `docker.io`, `localhost:5000`.
    let registry: String
    /// `host[:port]`.
    let authority: String
    let scheme: Scheme
    /// What stands before `/v2/`; empty mostly.
    let prefix: String
    /// Plain HTTP and unverified TLS are taken, with credentials.
    let isInsecure: Bool
    let isMirror: Bool

    /// Whether credentials may go to an origin that speaks for this endpoint.
    func trusts(_ origin: WebAddress.Origin) -> Bool { origin.isSecure || isInsecure }
}
