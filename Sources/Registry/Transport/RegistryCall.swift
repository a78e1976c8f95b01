import HTTP

/// One request of the distribution protocol, as it is sent again after a challenge or behind a redirect.
struct RegistryCall: Sendable {
    /// Where it goes.
    enum Target: Sendable {
        /// A path of the API, and parameters.
        case path(String, [(name: String, value: String)] = [])
        /// Where a Location or Link led.
        case address(WebAddress)
    }

    var method: String
    var target: Target
    var headers = HTTPHeaders()
    /// Made anew each time it is sent.
    var body: @Sendable () -> HTTPRequest.Body = { .none }
    /// What a token must allow.
    var scopes: [String]
    /// Redirects are followed, without credentials once they lead elsewhere.
    var followsRedirects = false
    /// The registry may be silent for long: it hashes, or moves, what it was sent.
    var isSlow = false
    /// Credentials instead of those that are kept.
    var credentials: RegistryCredentials?

    init(_ method: String, _ target: Target, scopes: [String]) {
        self.method = method
        self.target = target
        self.scopes = scopes
    }
}
