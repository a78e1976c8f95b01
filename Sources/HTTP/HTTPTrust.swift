/// Whose certificates are taken, and one's own.
public struct HTTPTrust: Sendable, Hashable {
    /// A certificate of the client and its key, both PEM files.
    public struct Identity: Sendable, Hashable {
        /// The file of the certificate, and of those between it and an authority.
        public var certificate: String
        /// The file of its private key, without a password.
        public var key: String

        /// Names the two files.
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// PEM files with authorities beside those of the system (Debian's `/etc/ssl/certs`, Fedora's `/etc/pki/tls`).
    public var authorities: [String] = []
    /// What the client shows when it is asked.
    public var identity: Identity?
    /// Takes any certificate. Somebody in between can then read and change everything.
    public var isBlind = false

    /// The system's authorities.
    public init() {}
}
