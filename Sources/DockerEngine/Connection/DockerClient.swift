import Engine
import HTTP
import Synchronization

/// Carries calls of the Engine API to one engine and answers back.
///
/// A few connections are kept for the next calls. What is learned of the engine (its version) is kept until it is lost.
final class DockerClient: Sendable {
    private struct State {
        var idle: [HTTPConnection] = []
        var version: DockerVersion?
    }

    /// More than this many are not kept when they have nothing to do.
    private static let mostIdle = 4
    /// A document longer than this is no list of anything that one looks at.
    private static let longestDocument = 256 << 20

    let place: HTTPPlace
    /// What messages call it: "engine docker at unix:///var/run/docker.sock".
    let title: String
    private let state = Mutex(State())

    init(place: HTTPPlace, title: String) {
        self.place = place
        self.title = title
    }

    /// What the engine is; asked for once.
    var version: DockerVersion {
        get async throws {
            if let known = state.withLock({ $0.version }) { return known }
            let answer = try await document(DockerCall("GET", "/version", purpose: "ask for the version"), nil)
            let version = try DockerVersion(answer, from: place.description)
            state.withLock { $0.version = version }
            return version
        }
    }

    /// What is known of the engine without asking.
    var knownVersion: DockerVersion? { state.withLock { $0.version } }

    /// Forgets what may have changed: the engine was away.
    func forget() {
        state.withLock { state in
            state.version = nil
            state.idle = []
        }
    }

    /// A call that is answered by a JSON document; `null` where there is none.
    func json(_ call: DockerCall) async throws -> JSONNode { try await document(call, try await version.api) }

    /// A call whose answer's body says nothing.
    func done(_ call: DockerCall) async throws {
        let stream = try await stream(call)
        while try await stream.next() != nil {}
    }

    /// A call that is answered by a stream.
    func stream(_ call: DockerCall) async throws -> DockerStream { try await stream(call, try await version.api) }

    /// A call after which both sides send what they like.
    func hijack(_ call: DockerCall) async throws -> DockerChannel {
        let version = try await version.api
        let connection = try await fresh(call)
        let answer = try await send(call, version, on: connection, purpose: .channel)
        guard answer.isChannel else {
            let stream = DockerStream(connection, answer, self, call)
            let body = (try? await stream.all(upTo: 64 << 10)) ?? []
            throw failure(answer.status, body, call)
        }
        return DockerChannel(connection, self, call, type: answer.headers["Content-Type"] ?? "")
    }

    /// What went wrong with a call, in the engines' words.
    func told(_ error: any Error, _ call: DockerCall) -> any Error {
        if case .closedEarly(let server)? = error as? HTTPFailure, case .tcp(_, _, let trust?) = place,
            trust.identity == nil
        {
            // With TLS 1.3 who wants a certificate closes only after the handshake, and the reason is lost with it.
            return DockerFailure.told(HTTPFailure.tls(server, .clientCertificate), call.purpose, title)
        }
        return DockerFailure.told(error, call.purpose, title)
    }

    /// Takes a connection back whose answer has been read to its end.
    func keep(_ connection: HTTPConnection) {
        guard connection.isIdle else { return }
        state.withLock { state in
            guard state.idle.count < Self.mostIdle else { return }
            state.idle.append(connection)
        }
    }

    // MARK: - One call

    private func document(_ call: DockerCall, _ version: DockerVersion.Number?) async throws -> JSONNode {
        let stream = try await stream(call, version)
        let bytes = try await stream.all(upTo: Self.longestDocument)
        if bytes.isEmpty { return .null }
        do { return try JSONNode(bytes) } catch {
            throw EngineError(
                .corrupted, "cannot \(call.purpose): what \(title) answers is no JSON", hint: "check the address",
                cause: error)
        }
    }

    private func stream(_ call: DockerCall, _ version: DockerVersion.Number?) async throws -> DockerStream {
        var connection = state.withLock { state in state.idle.popLast() }
        while let kept = connection, !kept.isIdle { connection = state.withLock { state in state.idle.popLast() } }
        if let kept = connection {
            do {
                return try await checked(call, version, on: kept)
            } catch let error as EngineError where error.code == .unreachable && isRepeatable(call) {
                // The engine has closed a connection that had nothing to do, in the same moment.
            }
        }
        return try await checked(call, version, on: try await fresh(call))
    }

    private func isRepeatable(_ call: DockerCall) -> Bool {
        if case .stream = call.body { return false }
        return call.method == "GET" || call.method == "HEAD"
    }

    private func checked(
        _ call: DockerCall, _ version: DockerVersion.Number?, on connection: HTTPConnection
    ) async throws -> DockerStream {
        let answer = try await send(call, version, on: connection, purpose: .answer)
        let stream = DockerStream(connection, answer, self, call)
        // 304: it is already as it was wished to be (start of a running container).
        if (200..<300).contains(answer.status) || answer.status == 304 { return stream }
        let body = (try? await stream.all(upTo: 64 << 10)) ?? []
        throw failure(answer.status, body, call)
    }

    private func fresh(_ call: DockerCall) async throws -> HTTPConnection {
        do { return try await HTTPConnection.open(place) } catch { throw told(error, call) }
    }

    private func send(
        _ call: DockerCall, _ version: DockerVersion.Number?, on connection: HTTPConnection,
        purpose: HTTPExchange.Purpose
    ) async throws -> HTTPExchange.Answer {
        var exchange = HTTPExchange(
            call.method, call.target(version), purpose: purpose, patience: call.patience)
        exchange.headers.add("User-Agent", "spyhop")
        for header in call.headers { exchange.headers.add(header.name, header.value) }
        switch call.body {
        case .none: break
        case .json(let document):
            exchange.headers.add("Content-Type", "application/json")
            exchange.body = .bytes(Array(document.text.utf8))
        case .stream(let type, let next):
            exchange.headers.add("Content-Type", type)
            exchange.body = .pieces(next)
        }
        do { return try await connection.send(exchange) } catch { throw told(error, call) }
    }

    private func failure(_ status: Int, _ body: [UInt8], _ call: DockerCall) -> EngineError {
        DockerFailure.refusal(status, body, call.purpose, title)
    }
}
