import Engine
import FoundationEssentials
import HTTP
import LinuxSystem

/// Answers challenges with what is kept for a registry: Basic, or tokens of the authorization server that it names
/// (distribution's token and OAuth2 specifications).
///
/// Credentials go to the registry and to the server that it names, and nowhere else; over plain HTTP only where the
/// registry is marked insecure.
final class Authenticator: Sendable {
    /// Seconds for which a store of credentials is not asked again: it may be a program that asks a person.
    private static let memory: Int64 = 10

    private struct Known: Sendable {
        let credentials: RegistryCredentials?
        let time: Int64
    }

    private let store: (any CredentialStoring)?
    private let connectors: Connectors
    private let userAgent: String
    private let known = SharedFetches<String, Known>()
    private let tokens = SharedFetches<TokenKey, Token>()

    init(store: (any CredentialStoring)?, connectors: Connectors, userAgent: String) {
        self.store = store
        self.connectors = connectors
        self.userAgent = userAgent
    }

    /// What is kept for a registry.
    func credentials(for endpoint: Endpoint) async throws -> RegistryCredentials? {
        guard let store else { return nil }
        let registry = endpoint.registry
        let now = Clock.realtime() / 1_000_000_000
        return try await known.value(registry, isGood: { now - $0.time < Self.memory }) {
            Known(credentials: try await store.credentials(for: registry), time: now)
        }.credentials
    }

    /// Answers challenges for a request that needs `scopes`; `nil` when there is nothing to answer with.
    ///
    /// - Parameters:
    ///   - stale: was refused: its token is not used again.
    ///   - given: credentials to use instead of those that are kept.
    func authorization(
        _ challenges: [Challenge], of ground: Ground, scopes: [String], stale: Authorization? = nil,
        given: RegistryCredentials? = nil
    ) async throws -> Authorization? {
        guard !challenges.isEmpty else { return nil }
        let origin = ground.base.origin
        var credentials = given
        if credentials == nil, ground.endpoint.trusts(origin) {
            credentials = try await self.credentials(for: ground.endpoint)
        }
        for challenge in challenges {
            switch challenge.scheme {
            case "bearer":
                if case .registryToken(let token) = credentials {
                    guard Token.isSendable(token) else { continue }
                    return Authorization(value: "Bearer \(token)", key: nil)
                }
                guard let realm = challenge.parameters["realm"] else { continue }
                let key = TokenKey(
                    registry: origin, realm: realm, service: challenge.parameters["service"],
                    scopes: TokenScope.union(scopes, challenge.parameters["scope"]), credentials: credentials)
                let token = try await token(key, ground: ground, stale: stale)
                return Authorization(value: "Bearer \(token.text)", key: key)
            case "basic":
                guard case .password(let username, let password) = credentials else { continue }
                return Authorization(value: Self.basic(username, password), key: nil)
            default: continue
            }
        }
        return nil
    }

    private func token(_ key: TokenKey, ground: Ground, stale: Authorization?) async throws -> Token {
        if let stale, stale.key == key { tokens.forget(key) { "Bearer \($0.text)" == stale.value } }
        let now = Clock.realtime() / 1_000_000_000
        return try await tokens.value(key, isGood: { $0.isGood(at: now) }) {
            try await self.fetch(key, ground: ground)
        }
    }

    private func fetch(_ key: TokenKey, ground: Ground) async throws -> Token {
        let registry = ground.endpoint.registry
        let realm = try Self.realm(of: key, registry: registry)
        let request = try Self.request(key, realm: realm, userAgent: userAgent)
        let connector = try connectors.connector(
            to: realm.origin, beside: ground.endpoint.authority, isBlind: ground.endpoint.isInsecure)
        let response = try await connector.send(request)
        let body = try await response.body.collect(limit: 1 << 20)
        guard response.status == 200 else {
            throw Refusal(response, body: body, server: realm.origin.authority).tokenError(key, registry: registry)
        }
        guard let token = Token(answer: body, now: Clock.realtime() / 1_000_000_000) else {
            throw EngineError(
                .unsupported,
                "the authorization server \(realm.origin.authority) of \(registry) answers without a token")
        }
        return token
    }

    /// The authorization server, unless credentials or a token would travel openly for a registry that is reached by
    /// TLS.
    static func realm(of key: TokenKey, registry: String) throws(EngineError) -> WebAddress {
        guard let realm = WebAddress(key.realm) else {
            throw EngineError(
                .unsupported,
                "\(registry) names an authorization server that is no URL: \"\(shown(key.realm, limit: 200))\"")
        }
        guard realm.origin.isSecure || !key.registry.isSecure else {
            throw EngineError(
                .denied,
                "\(registry) sends us to an authorization server over plain HTTP: \(shown(realm.description))",
                hint: "a registry over TLS must name one over TLS")
        }
        return realm
    }

    /// `GET` with Basic or anonymously; `POST` in OAuth2's way for a refresh token.
    static func request(_ key: TokenKey, realm: WebAddress, userAgent: String) throws(EngineError) -> HTTPRequest {
        var headers = HTTPHeaders()
        headers["User-Agent"] = userAgent
        headers["Accept"] = "application/json"
        if case .identityToken(let token) = key.credentials {
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            var fields = [("grant_type", "refresh_token"), ("client_id", "spyhop"), ("refresh_token", token)]
            if let service = key.service { fields.append(("service", service)) }
            if !key.scopes.isEmpty { fields.append(("scope", key.scopes.joined(separator: " "))) }
            let form = fields.map { "\($0.0)=\(WebAddress.encoded($0.1))" }.joined(separator: "&")
            return HTTPRequest("POST", realm.description, headers: headers, body: .bytes(Array(form.utf8)))
        }
        var parameters: [(name: String, value: String)] = []
        if let service = key.service { parameters.append(("service", service)) }
        parameters += key.scopes.map { ("scope", $0) }
        if case .password(let username, let password) = key.credentials {
            parameters.append(("account", username))
            headers["Authorization"] = basic(username, password)
        }
        guard let address = realm.adding(parameters) else {
            throw EngineError(.unsupported, "the authorization server's address is too long")
        }
        return HTTPRequest("GET", address.description, headers: headers)
    }

    private static func basic(_ username: String, _ password: String) -> String {
        "Basic " + Data("\(username):\(password)".utf8).base64EncodedString()
    }
}
