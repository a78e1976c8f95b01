import Engine
import HTTP
import Synchronization

/// The connectors of a client: one for each way of trusting and each proxy, made when first needed.
final class Connectors: Sendable {
    private struct State {
        var connectors: [HTTPOptions: HTTPConnector] = [:]
        var trust: [[String]: HTTPTrust] = [:]
        var isClosed = false
    }

    private let certificates: CertificateDirectories
    private let proxies: ProxyRules
    private let options: HTTPOptions
    private let state = Mutex(State())

    init(certificates: CertificateDirectories, proxies: ProxyRules, options: HTTPOptions) {
        self.certificates = certificates
        self.proxies = proxies
        self.options = options
    }

    convenience init(_ configuration: RegistryConfiguration, options: HTTPOptions) {
        self.init(
            certificates: CertificateDirectories(paths: configuration.certificateDirectories),
            proxies: ProxyRules(
                plain: configuration.httpProxy, secure: configuration.httpsProxy, direct: configuration.noProxy),
            options: options)
    }

    /// The connector that reaches an origin.
    ///
    /// - Parameters:
    ///   - registry: whose authorities count as well: those of the registry that named an authorization server.
    ///   - isBlind: TLS is not verified.
    ///   - isSlow: silence is borne ten times as long.
    func connector(
        to origin: WebAddress.Origin, beside registry: String?, isBlind: Bool, isSlow: Bool = false
    ) throws -> HTTPConnector {
        var names = [origin.authority]
        let withPort = origin.host.contains(":") ? "[\(origin.host)]:\(origin.port)" : "\(origin.host):\(origin.port)"
        if withPort != origin.authority { names.append(withPort) }
        if let registry, !names.contains(registry) { names.append(registry) }
        var options = options
        if isSlow { options.idleTimeout *= 10 }
        options.proxy = try proxies.proxy(for: origin)
        if origin.isSecure {
            options.trust = try trust(for: names)
            options.trust.isBlind = isBlind
        }
        return try state.withLock { state in
            guard !state.isClosed else { throw HTTPFailure.closed }
            if let connector = state.connectors[options] { return connector }
            let connector = HTTPConnector(options)
            state.connectors[options] = connector
            return connector
        }
    }

    private func trust(for names: [String]) throws -> HTTPTrust {
        if let known = state.withLock({ $0.trust[names] }) { return known }
        let trust = try certificates.trust(for: names)
        state.withLock { $0.trust[names] = trust }
        return trust
    }

    /// Closes them all.
    func close() async {
        let all = state.withLock { state in
            state.isClosed = true
            defer { state.connectors = [:] }
            return Array(state.connectors.values)
        }
        for connector in all { await connector.close() }
    }
}
