import Engine
import HTTP
import Synchronization

/// Sends requests to registries: finds out how each is spoken to, answers its challenges, follows its redirects.
final class RegistryTransport: Sendable {
    let table: EndpointTable
    let authenticator: Authenticator
    private let connectors: Connectors
    private let userAgent: String
    private let grounds = SharedFetches<Endpoint, Ground>()
    private let answered = Mutex<Set<Endpoint>>([])

    init(table: EndpointTable, authenticator: Authenticator, connectors: Connectors, userAgent: String) {
        self.table = table
        self.authenticator = authenticator
        self.connectors = connectors
        self.userAgent = userAgent
    }

    /// Whether an endpoint has ever answered.
    func hasAnswered(_ endpoint: Endpoint) -> Bool { answered.withLock { $0.contains(endpoint) } }

    /// Sends a call and answers with the head of the last answer, whatever its status.
    /// - Throws: `HTTPFailure` of the connection, `EngineError`, and what the body's source throws.
    func send(_ call: RegistryCall, to endpoint: Endpoint) async throws -> RegistryAnswer {
        let ground = try await ground(of: endpoint)
        let start: WebAddress?
        switch call.target {
        case .path(let path, let query): start = ground.address(path, query)
        case .address(let address): start = address
        }
        guard var address = start else {
            throw EngineError(.unsupported, "\(endpoint.registry) cannot be asked for such a long name")
        }
        var mayAuthorize = address.origin == ground.base.origin
        var authorization: Authorization?
        if mayAuthorize {
            authorization = try await authenticator.authorization(
                ground.challenges, of: ground, scopes: call.scopes, given: call.credentials)
        }
        var isRenewed = false
        var hops = 0
        while true {
            let answer = try await send(call, to: address, of: endpoint, authorization: authorization)
            if answer.status == 401, mayAuthorize, !isRenewed {
                isRenewed = true
                let challenges = Challenge.parse(answer.headers.all("www-authenticate"))
                let renewed = try await authenticator.authorization(
                    challenges, of: ground, scopes: call.scopes, stale: authorization, given: call.credentials)
                guard let renewed, renewed != authorization else { return answer }
                await answer.discard()
                authorization = renewed
                continue
            }
            guard call.followsRedirects, [301, 302, 303, 307, 308].contains(answer.status) else { return answer }
            hops += 1
            let next = try answer.redirect(hops: hops)
            await answer.discard()
            if next.origin != address.origin {
                // Nor does it get them back by leading home again.
                authorization = nil
                mayAuthorize = false
            }
            address = next
        }
    }

    private func send(
        _ call: RegistryCall, to address: WebAddress, of endpoint: Endpoint, authorization: Authorization?
    ) async throws -> RegistryAnswer {
        var headers = call.headers
        headers["User-Agent"] = userAgent
        // What is asked for is checked byte by byte: nobody on the way may compress it.
        headers["Accept-Encoding"] = "identity"
        headers["Authorization"] = authorization?.value
        let request = HTTPRequest(call.method, address.description, headers: headers, body: call.body())
        let response = try await connector(address.origin, endpoint, isSlow: call.isSlow).send(request)
        return RegistryAnswer(response: response, address: address, endpoint: endpoint)
    }

    /// Another host is judged by what is configured for it, not by what is for the registry.
    private func connector(
        _ origin: WebAddress.Origin, _ endpoint: Endpoint, isSlow: Bool
    ) throws -> HTTPConnector {
        let isOwn = origin.authority == endpoint.authority
        return try connectors.connector(
            to: origin, beside: isOwn ? endpoint.registry : nil,
            isBlind: isOwn ? endpoint.isInsecure : table.isInsecure(origin.authority),
            isSlow: isSlow)
    }

    /// How an endpoint is spoken to, found out once.
    func ground(of endpoint: Endpoint) async throws -> Ground {
        try await grounds.value(endpoint) {
            let ground = try await self.probe(endpoint)
            self.answered.withLock { _ = $0.insert(endpoint) }
            return ground
        }
    }

    private func probe(_ endpoint: Endpoint) async throws -> Ground {
        switch endpoint.scheme {
        case .secure: return try await probe(endpoint, "https")
        case .plain: return try await probe(endpoint, "http")
        case .either:
            do {
                return try await probe(endpoint, "https")
            } catch let failure as HTTPFailure where Self.mayBePlain(failure) {
                return try await probe(endpoint, "http")
            }
        }
    }

    private static func mayBePlain(_ failure: HTTPFailure) -> Bool {
        switch failure {
        case .tls(_, .notTLS), .tls(_, .other), .closedEarly, .refused, .idle, .connectTimedOut: true
        // Plain HTTP may have a proxy where TLS has none, or one that opens the way to port 443 alone.
        case .proxyRefused, .unknownHost, .noRoute: true
        default: false
        }
    }

    private func probe(_ endpoint: Endpoint, _ scheme: String) async throws -> Ground {
        guard let base = WebAddress("\(scheme)://\(endpoint.authority)\(endpoint.prefix)/"),
            let address = WebAddress("\(scheme)://\(endpoint.authority)\(endpoint.prefix)/v2/")
        else {
            throw EngineError(.invalidArgument, "\"\(shown(endpoint.authority))\" is not a registry's host")
        }
        let call = RegistryCall("GET", .address(address), scopes: [])
        let answer = try await send(call, to: address, of: endpoint, authorization: nil)
        let challenges = answer.status == 401 ? Challenge.parse(answer.headers.all("www-authenticate")) : []
        await answer.discard()
        return Ground(endpoint: endpoint, base: base, status: answer.status, challenges: challenges)
    }
}
