/// How registries are reached: told by whoever reads files and environment.
public struct RegistryConfiguration: Sendable {
    /// What is particular about one registry.
    public struct Host: Sendable, Hashable {
        /// Asked first, in order: `https://mirror.example`, `http://cache:5000`.
        public var mirrors: [String] = []
        /// Plain HTTP, and TLS that cannot be verified, are taken.
        public var isInsecure = false

        /// Nothing particular.
        public init() {}
    }

    /// By host and port, as in references. `127.0.0.0/8`, `::1` and `localhost` are insecure anyway, as for docker.
    public var hosts: [String: Host] = [:]
    /// Directories with `HOST[:PORT]/*.crt` (authorities) and `*.cert` with `*.key` (of the client):
    /// `/etc/docker/certs.d`.
    public var certificateDirectories: [String] = []
    /// Who answers for credentials; `nil` sends none.
    public var credentials: (any CredentialStoring)?
    /// `http://user:password@proxy:3128` for requests over HTTP, and over HTTPS; `nil` for none.
    public var httpProxy: String?
    /// The same over HTTPS.
    public var httpsProxy: String?
    /// Go's NO_PROXY: hosts, `.domains`, addresses and prefixes that are reached directly.
    public var noProxy: [String] = []
    /// What the client calls itself: `spyhop/0.1.0`.
    public var userAgent = "spyhop"

    /// Docker Hub and every other registry over verified TLS, anonymously.
    public init() {}
}
