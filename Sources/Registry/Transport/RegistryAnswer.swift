import Engine
import HTTP

/// An answer and where it came from.
struct RegistryAnswer: Sendable {
    /// Redirects that are followed one after the other.
    static let redirects = 5

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

    /// Where a redirect leads.
    /// - Throws: when it is one too many, leads nowhere, or from TLS to plain HTTP.
    func redirect(hops: Int) throws(EngineError) -> WebAddress {
        try Self.redirect(headers["location"] ?? "", from: address, of: endpoint, hops: hops)
    }

    /// The same, apart from an answer.
    static func redirect(
        _ location: String, from address: WebAddress, of endpoint: Endpoint, hops: Int
    ) throws(EngineError) -> WebAddress {
        let registry = endpoint.registry
        guard hops <= redirects else {
            throw EngineError(.unreachable, "\(registry) redirects more than \(redirects) times")
        }
        guard let next = address.resolving(location), !location.isEmpty else {
            throw EngineError(
                .unreachable, "\(registry) redirects to \"\(shown(location, limit: 200))\", which cannot be asked")
        }
        guard next.origin.isSecure || !address.origin.isSecure || endpoint.isInsecure else {
            throw EngineError(
                .denied, "\(registry) redirects from TLS to plain HTTP: \(shown(next.description, limit: 200))",
                hint: "mark the registry as insecure in the configuration if that is meant")
        }
        return next
    }
}
