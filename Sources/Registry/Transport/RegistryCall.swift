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
    /// Credentials instead of those that are kept.
    var credentials: RegistryCredentials?

    init(_ method: String, _ target: Target, scopes: [String]) {
        self.method = method
        self.target = target
        self.scopes = scopes
    }
}

/// An answer and where it came from.
struct RegistryAnswer: Sendable {
    let response: HTTPResponse
    /// What a Location in it is relative to.
    let address: WebAddress
    let endpoint: Endpoint

    var status: Int { response.status }
    var headers: HTTPHeaders { response.headers }

    /// Reads what nobody wants, so that the connection can be used again; a long one costs the connection.
    func discard() async { _ = try? await response.body.collect(limit: 1 << 16) }

    /// The target of its Location.
    var location: WebAddress? { headers["location"].flatMap(address.resolving) }
}
