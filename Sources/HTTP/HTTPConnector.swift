import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// Sends requests over HTTP/1.1 and keeps connections for the next ones.
///
/// Redirects are answers like others, and nothing is sent twice. All connectors share one thread, which begins with the
/// first request of any. HTTP/2 is left out: its flow control makes large bodies slower, and there are few small ones.
public final class HTTPConnector: Sendable {
    private enum State {
        case unused
        case open(HTTPClient)
        case closed
    }

    // One thread moves more bytes than any disk or hash behind it takes.
    private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private let options: HTTPOptions
    private let state = Mutex(State.unused)

    /// Makes a connector; nothing is read or opened before the first request.
    public init(_ options: HTTPOptions = HTTPOptions()) { self.options = options }

    deinit {
        // One that nobody has closed is closed here, only that nobody waits for it.
        guard case .open(let client) = state.withLock({ $0 }) else { return }
        client.shutdown { _ in }
    }

    /// Sends a request and answers as soon as the head of the answer is there.
    ///
    /// Cancelling the task closes the connection, also while the body is read.
    /// - Throws: `HTTPFailure`; what a streamed body throws.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let client = try client()
        let server = Self.server(of: request.url)
        let source = BodySource()
        do {
            let answer = try await client.execute(Self.translated(request, source), deadline: .distantFuture)
            var headers = HTTPHeaders()
            for field in answer.headers { headers.add(field.name, field.value) }
            let body = HTTPResponse.Body(pieces: answer.body, server: server)
            return HTTPResponse(status: Int(answer.status.code), headers: headers, body: body)
        } catch {
            if let own = source.failure { throw own }
            if Task.isCancelled { throw HTTPFailure.cancelled }
            let failure = HTTPFailure.translated(error, server: server)
            guard case .tls(_, .unknownAuthority) = failure, options.proxy == nil else { throw failure }
            throw await CertificateDiagnosis(url: request.url, loops: Self.loops).isOutOfDate()
                ? HTTPFailure.tls(server, .outOfDate) : failure
        }
    }

    /// Closes the connections, also those in use. The connector cannot be used afterwards.
    public func close() async {
        let client = state.withLock { state -> HTTPClient? in
            defer { state = .closed }
            guard case .open(let client) = state else { return nil }
            return client
        }
        // A second call is the only way for this to fail, and there is none.
        try? await client?.shutdown()
    }

    private func client() throws(HTTPFailure) -> HTTPClient {
        try state.withLock { state throws(HTTPFailure) in
            switch state {
            case .closed: throw .closed
            case .open(let client): return client
            case .unused:
                var configuration = HTTPClient.Configuration(
                    tlsConfiguration: try options.trust.configuration(), redirectConfiguration: .disallow,
                    timeout: .init(
                        connect: .seconds(options.connectTimeout), read: .seconds(options.idleTimeout),
                        write: .seconds(options.idleTimeout)),
                    proxy: options.proxy?.configuration)
                configuration.httpVersion = .http1Only
                configuration.connectionPool.idleTimeout = .seconds(options.keepAlive)
                configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = options.connectionsPerHost
                // Otherwise a refused connection would be tried until the time is over, and told as a time-out.
                configuration.connectionPool.retryConnectionEstablishment = false
                let client = HTTPClient(eventLoopGroupProvider: .shared(Self.loops), configuration: configuration)
                state = .open(client)
                return client
            }
        }
    }

    private static func translated(_ request: HTTPRequest, _ source: BodySource) -> HTTPClientRequest {
        var out = HTTPClientRequest(url: request.url)
        out.method = HTTPMethod(rawValue: request.method)
        for field in request.headers.fields { out.headers.add(name: field.name, value: field.value) }
        switch request.body {
        case .none: break
        case .bytes(let bytes): out.body = .bytes(ByteBuffer(bytes: bytes))
        case .stream(let length, let next):
            out.body = .stream(BodyPieces(next: next, source: source), length: .known(length))
        }
        return out
    }

    /// `HOST[:PORT]` of a URL, for sentences.
    static func server(of url: String) -> String {
        guard let start = url.firstRange(of: "://") else { return url }
        let authority = url[start.upperBound...].prefix { !"/?#".contains($0) }
        return String(authority.split(separator: "@").last ?? authority)
    }
}
