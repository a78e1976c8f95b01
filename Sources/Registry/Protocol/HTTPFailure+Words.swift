import Engine
import HTTP

extension HTTPFailure {
    /// The sentence for people, with what they can do.
    ///
    /// - Parameters:
    ///   - tried: `pull busybox:latest`, `log in to localhost:5000`.
    ///   - directory: where authorities for the host belong.
    func error(tried: String, registry: String, directory: String) -> EngineError {
        let code: EngineError.Code
        switch self {
        case .unusableFile, .invalidURL: code = .invalidArgument
        case .tooLong: code = .corrupted
        case .cancelled: code = .cancelled
        default: code = .unreachable
        }
        return EngineError(code, "cannot \(tried): \(shown(description))", hint: hint(registry, directory))
    }

    private func hint(_ registry: String, _ directory: String) -> String? {
        let insecure = "mark \(registry) as insecure in the configuration"
        switch self {
        case .unknownHost: return "check the registry's name, and the network"
        case .refused, .noRoute, .connectTimedOut: return "is the registry running, and is the port right?"
        case .tls(_, .notTLS): return "if it speaks plain HTTP, \(insecure)"
        case .tls(_, .unknownAuthority):
            return "put its authority's certificate into \(directory)/ca.crt, or \(insecure)"
        case .tls(_, .clientCertificate): return "put client.cert and client.key into \(directory)"
        case .tls(_, .outOfDate): return "check the clock; the registry's certificate may have to be renewed"
        case .proxyRefused: return "check the proxy's address, user name and password"
        default: return nil
        }
    }
}
