import HTTP
import Harness
import Synchronization
import Testing

struct HTTPConnectorTests {
    @Test func anAnswerComesWithItsStatusItsFieldsAndItsBody() async throws {
        let server = try ScriptedServer { request in
            .status(201, [("X-Seen", request.header("X-Sent") ?? "")], body: "\(request.method) \(request.target)")
        }
        defer { server.stop() }
        try await withConnector { connector in
            var headers = HTTPHeaders()
            headers["X-Sent"] = "yes"
            let answer = try await connector.send(HTTPRequest("GET", server.url("/a?b=c"), headers: headers))
            #expect(answer.status == 201)
            #expect(answer.headers["x-seen"] == "yes")
            #expect(answer.contentLength == 10)
            #expect(String(decoding: try await answer.body.collect(limit: 100), as: UTF8.self) == "GET /a?b=c")
        }
    }

    @Test func bytesAndStreamsAreSentWithTheirLength() async throws {
        let server = try ScriptedServer { request in
            .status(200, [("X-Length", request.header("content-length") ?? "none")], body: request.body)
        }
        defer { server.stop() }
        try await withConnector { connector in
            let bytes = try await connector.send(HTTPRequest("PUT", server.url("/"), body: .bytes([1, 2, 3])))
            #expect(bytes.headers["x-length"] == "3")
            #expect(try await bytes.body.collect(limit: 10) == [1, 2, 3])

            let left = Mutex([[UInt8]](repeating: [UInt8](repeating: 7, count: 50_000), count: 4))
            let body = HTTPRequest.Body.stream(length: 200_000) { left.withLock { $0.popLast() ?? [] } }
            let stream = try await connector.send(HTTPRequest("PATCH", server.url("/"), body: body))
            #expect(stream.headers["x-length"] == "200000")
            #expect(try await stream.body.collect(limit: 1 << 20).count == 200_000)

            let none = try await connector.send(HTTPRequest("POST", server.url("/")))
            #expect(none.headers["x-length"] == "0")
        }
    }

    @Test func aRedirectIsAnAnswerLikeOthers() async throws {
        let server = try ScriptedServer { request in
            request.path == "/" ? .status(307, [("Location", "/elsewhere")]) : .status(200)
        }
        defer { server.stop() }
        try await withConnector { connector in
            let answer = try await connector.send(HTTPRequest("GET", server.url("/")))
            #expect(answer.status == 307)
            _ = try await answer.body.collect(limit: 10)
        }
        #expect(server.lines == ["GET /"])
    }

    @Test func aConnectionIsUsedAgain() async throws {
        let server = try ScriptedServer { _ in .status(200, body: "x") }
        defer { server.stop() }
        try await withConnector { connector in
            for _ in 0..<3 {
                _ = try await connector.send(HTTPRequest("GET", server.url("/"))).body.collect(limit: 10)
            }
        }
        #expect(server.accepted == 1)
    }

    @Test func whatBreaksIsToldInWords() async throws {
        let server = try ScriptedServer { request in
            switch request.path {
            case "/short": .head(200, length: 100, then: [.bytes([1])], closes: true)
            case "/reset": .reset
            case "/silent": .head(200, length: 5, then: [.stall(Gate())])
            case "/chatter": .raw(Array("220 ready to send mail\r\n\r\n".utf8))
            default: .hangUp
            }
        }
        defer { server.stop() }
        let host = server.host
        var options = HTTPOptions()
        options.idleTimeout = 1
        try await withConnector(options) { connector in
            #expect(await connector.failure(server.url("/short")) == .closedEarly(host))
            #expect(await connector.failure(server.url("/reset")) == .closedEarly(host))
            #expect(await connector.failure(server.url("/nothing")) == .closedEarly(host))
            #expect(await connector.failure(server.url("/silent")) == .idle(host))
            guard case .malformed(host, _) = await connector.failure(server.url("/chatter")) else {
                Issue.record("another failure")
                return
            }
        }
    }

    @Test func aHeadOrTrailersWithoutAnEndAreNotRead() async throws {
        let lines = Array(String(repeating: "X-Name: value\r\n", count: 4000).utf8)
        let server = try ScriptedServer { request in
            request.path == "/head"
                ? ScriptedAnswer(pieces: [.bytes(Array("HTTP/1.1 200 OK\r\n".utf8)), .endless(lines)])
                : .head(
                    200, [("Transfer-Encoding", "chunked")], length: nil,
                    then: [.bytes(Array("1\r\nx\r\n0\r\n".utf8)), .endless(lines)])
        }
        defer { server.stop() }
        try await withConnector { connector in
            for path in ["/head", "/trailers"] {
                guard case .malformed(server.host, _) = await connector.failure(server.url(path)) else {
                    Issue.record("another failure of \(path)")
                    continue
                }
            }
        }
        await server.connections(atMost: 0)
        #expect(server.bytesSent < 60 << 20)
    }

    @Test func whoCannotBeReachedIsToldInWords() async throws {
        let server = try ScriptedServer { _ in .status(200) }
        let gone = server.host
        server.stop()
        try await withConnector { connector in
            #expect(await connector.failure("http://\(gone)/") == .refused(gone))
            #expect(await connector.failure("http://no-such-host.invalid/") == .unknownHost("no-such-host.invalid"))
            guard case .invalidURL = await connector.failure("no url") else {
                Issue.record("another failure")
                return
            }
        }
    }

    @Test func tlsWithAPlainServerIsToldAsThat() async throws {
        let server = try ScriptedServer { _ in .status(200) }
        let talkative = try ScriptedServer { _ in .status(200) }
        defer {
            server.stop()
            talkative.stop()
        }
        try await withConnector { connector in
            let failure = await connector.failure("https://\(server.host)/")
            #expect([.closedEarly(server.host), .tls(server.host, .notTLS)].contains(failure))
        }
    }

    @Test func anEndlessBodyEndsWithItsReader() async throws {
        let server = try ScriptedServer { _ in
            .head(200, length: nil, then: [.endless([UInt8](repeating: 65, count: 65536))])
        }
        defer { server.stop() }
        try await withConnector { connector in
            let answer = try await connector.send(HTTPRequest("GET", server.url("/")))
            await #expect(throws: HTTPFailure.tooLong(limit: 1 << 20)) { try await answer.body.collect(limit: 1 << 20) }
        }
        await server.connections(atMost: 0)
    }

    @Test func cancellingTheTaskClosesTheConnection() async throws {
        let gate = Gate()
        let server = try ScriptedServer { _ in .head(200, length: 5, then: [.stall(gate)]) }
        defer { server.stop() }
        try await withConnector { connector in
            let address = server.url("/")
            let task = Task { try await connector.send(HTTPRequest("GET", address)).body.collect(limit: 10) }
            await gate.reached()
            task.cancel()
            await #expect(throws: HTTPFailure.cancelled) { try await task.value }
        }
        gate.open()
        await server.connections(atMost: 0)
    }

    @Test func whatTheBodysSourceThrowsComesBackUnchanged() async throws {
        struct Broken: Error {}
        let server = try ScriptedServer { _ in .status(200) }
        defer { server.stop() }
        try await withConnector { connector in
            let request = HTTPRequest("PUT", server.url("/"), body: .stream(length: 10) { throw Broken() })
            await #expect(throws: Broken.self) { _ = try await connector.send(request) }
        }
    }

    @Test func aProxyIsAskedToConnectWithItsPassword() async throws {
        // Behind its answer to CONNECT the same connection goes on as if to the server.
        let proxy = try ScriptedServer { request in
            guard request.method == "CONNECT" else { return .status(200, body: "through") }
            return request.header("proxy-authorization") == "Basic dXNlcjpzZWNyZXQ="
                ? ScriptedAnswer(pieces: [.bytes(Array("HTTP/1.1 200 OK\r\n\r\n".utf8))]) : .status(407)
        }
        defer { proxy.stop() }
        var options = HTTPOptions()
        options.proxy = HTTPProxy(
            host: "127.0.0.1", port: Int(proxy.port), username: "user", password: "secret")
        try await withConnector(options) { connector in
            let answer = try await connector.send(HTTPRequest("GET", "http://registry.example/v2/"))
            #expect(String(decoding: try await answer.body.collect(limit: 10), as: UTF8.self) == "through")
        }
        #expect(proxy.lines == ["CONNECT registry.example:80", "GET /v2/"])
        options.proxy?.password = "wrong"
        try await withConnector(options) { connector in
            guard case .proxyRefused = await connector.failure("http://registry.example/v2/") else {
                Issue.record("another failure")
                return
            }
        }
    }

    @Test func aClosedConnectorSaysSo() async throws {
        let connector = HTTPConnector()
        await connector.close()
        #expect(await connector.failure("http://127.0.0.1:1/") == .closed)
    }

    private func withConnector(
        _ options: HTTPOptions = .patient, _ body: (HTTPConnector) async throws -> Void
    ) async throws {
        let connector = HTTPConnector(options)
        do {
            try await body(connector)
        } catch {
            await connector.close()
            throw error
        }
        await connector.close()
    }
}

extension HTTPOptions {
    /// Other tests may hold every thread for a while.
    fileprivate static var patient: HTTPOptions {
        var options = HTTPOptions()
        options.idleTimeout = 600
        options.connectTimeout = 600
        options.keepAlive = 600
        return options
    }
}

extension ScriptedServer {
    func url(_ target: String) -> String { "http://\(host)\(target)" }
}

extension HTTPConnector {
    /// Why a request fails; `nil` when it does not.
    func failure(_ url: String) async -> HTTPFailure? {
        do {
            _ = try await send(HTTPRequest("GET", url)).body.collect(limit: 1 << 20)
            return nil
        } catch {
            return error as? HTTPFailure
        }
    }
}
