import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension HTTPFailure {
    /// What the libraries beneath threw, in our own words.
    static func translated(_ error: any Error, server: String) -> HTTPFailure {
        switch error {
        case let failure as HTTPFailure: failure
        case is CancellationError: .cancelled
        case let error as HTTPClientError: translated(error, server: server)
        case let error as NIOConnectionError: translated(error, server: server)
        case SocketAddressError.unknown(let host, _): .unknownHost(host)
        case let error as IOError: translated(error, server: server)
        case let error as NIOSSLError: translated(error, server: server)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname: .tls(server, .otherHost)
        case let error as NIOSSLExtraError where error == .serverHostnameImpossibleToMatch: .tls(server, .otherHost)
        case let error as BoringSSLError: .tls(server, reason(error))
        case HTTPParserError.invalidEOFState: .closedEarly(server)
        case let error as HTTPParserError: .malformed(server, reason: "\(error)")
        case ChannelError.connectTimeout: .connectTimedOut(server)
        case let error as ChannelError where error == .eof || error == .inputClosed || error == .alreadyClosed:
            .closedEarly(server)
        case let error as ChannelError where error == .ioOnClosedChannel || error == .outputClosed:
            .closedEarly(server)
        default: .other(server, reason: "\(error)")
        }
    }

    private static func translated(_ error: HTTPClientError, server: String) -> HTTPFailure {
        switch error {
        case .cancelled, .requestStreamCancelled: .cancelled
        case .alreadyShutdown: .closed
        case .invalidURL, .emptyHost, .emptyScheme: .invalidURL(server)
        case .readTimeout, .writeTimeout, .deadlineExceeded: .idle(server)
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout: .connectTimedOut(server)
        case .remoteConnectionClosed, .uncleanShutdown: .closedEarly(server)
        case .proxyAuthenticationRequired: .proxyRefused(reason: "it wants a user name and a password that it knows")
        case .invalidProxyResponse: .proxyRefused(reason: "it does not connect to \(server)")
        case .httpProxyHandshakeTimeout, .socksHandshakeTimeout: .proxyRefused(reason: "it did not answer in time")
        default: .other(server, reason: error.shortDescription)
        }
    }

    /// Of several addresses that were tried the first one's failure is told: it is the one the system prefers.
    private static func translated(_ error: NIOConnectionError, server: String) -> HTTPFailure {
        guard let first = error.connectionErrors.first else { return .unknownHost(error.host) }
        return translated(first.error, server: server)
    }

    private static func translated(_ error: IOError, server: String) -> HTTPFailure {
        switch error.errnoCode {
        case ECONNREFUSED: .refused(server)
        case ECONNRESET, EPIPE, ECONNABORTED: .closedEarly(server)
        case ETIMEDOUT: .connectTimedOut(server)
        default: .noRoute(server, reason: String(cString: strerror(error.errnoCode)))
        }
    }

    private static func translated(_ error: NIOSSLError, server: String) -> HTTPFailure {
        switch error {
        case .handshakeFailed(let error): .tls(server, reason(error))
        case .unableToValidateCertificate, .noCertificateToValidate: .tls(server, .unknownAuthority)
        case .uncleanShutdown: .closedEarly(server)
        default: .tls(server, .other("\(error)"))
        }
    }

    /// BoringSSL tells its reasons as names in upper case within its error strings.
    private static func reason(_ error: BoringSSLError) -> TLSReason {
        guard case .sslError(let stack) = error else { return .other("\(error)") }
        let words = stack.map(\.description).joined(separator: "; ")
        if words.contains("CERTIFICATE_VERIFY_FAILED") { return .unknownAuthority }
        let foreign = ["WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNEXPECTED_MESSAGE", "EOF during handshake"]
        if foreign.contains(where: words.contains) { return .notTLS }
        let wanting = [
            "CERTIFICATE_REQUIRED", "BAD_CERTIFICATE", "ALERT_UNKNOWN_CA", "HANDSHAKE_FAILURE", "CERTIFICATE_UNKNOWN",
        ]
        if wanting.contains(where: words.contains) { return .clientCertificate }
        return .other(words)
    }
}
