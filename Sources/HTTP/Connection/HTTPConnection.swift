import NIOCore
import NIOPosix
import Synchronization

/// One connection over which HTTP/1.1 is spoken, until it becomes a channel of bytes or is closed.
///
/// Calls follow each other: `send`, then `next` until it answers `nil`, then perhaps `send` again. What has come and was not
/// asked for waits in the kernel: no more than one reading of the socket is kept. Cancelling a task closes the connection.
public final class HTTPConnection: Sendable {
    /// One thread for all of them, begun with the first.
    static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// Where it leads.
    public let place: HTTPPlace
    private let channel: any Channel
    private let traffic: NIOLoopBound<ConnectionTraffic>
    private let mark: ConnectionTraffic.Mark
    private let guest: ProgramGuest?

    init(
        place: HTTPPlace, channel: any Channel, traffic: NIOLoopBound<ConnectionTraffic>,
        mark: ConnectionTraffic.Mark, guest: ProgramGuest?
    ) {
        self.place = place
        self.channel = channel
        self.traffic = traffic
        self.mark = mark
        self.guest = guest
    }

    deinit { channel.close(promise: nil) }

    /// Opens a connection.
    /// - Throws: `HTTPFailure`: nobody listens, no such host, TLS failed, no answer in time.
    public static func open(_ place: HTTPPlace, within limit: Duration = .seconds(10)) async throws -> HTTPConnection {
        try await ConnectionOpening(place: place, limit: limit).open()
    }

    /// The connection stands, and nothing of an answer is outstanding.
    public var isIdle: Bool { channel.isActive && mark.isIdle.load(ordering: .acquiring) }

    /// Sends a request and answers as soon as the head of the answer is there; a body that is streamed goes on being sent
    /// while the answer is read.
    /// - Throws: `HTTPFailure`; what a streamed body throws.
    public func send(_ exchange: HTTPExchange) async throws -> HTTPExchange.Answer {
        try await onLoop { $0.begin(exchange) }
        let upload = try await sendHead(exchange)
        do {
            return try await withCancellation { try await self.pull { $0.head($1) } }
        } catch {
            upload?.cancel()
            throw await told(error)
        }
    }

    /// The next bytes of the answer, or of the channel; `nil` at its end.
    /// - Throws: `HTTPFailure`; what a streamed body of the request threw.
    public func next() async throws -> [UInt8]? {
        do {
            return try await withCancellation { try await self.pull { $0.piece($1) } }
        } catch { throw await told(error) }
    }

    /// Sends bytes over the channel that the connection has become; returns when the kernel has taken them.
    public func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        do { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get() } catch { throw await told(error) }
    }

    /// Says that nothing more will be sent; what the other side sends still comes.
    public func closeInput() async throws {
        do { try await channel.close(mode: .output).get() } catch ChannelError.outputClosed {
        } catch ChannelError.alreadyClosed {
        } catch ChannelError.operationUnsupported {
            // TLS of NIO closes both ways or none: the other side learns of the end by its own means.
        } catch { throw await told(error) }
    }

    /// Closes it, also while others wait for something of it.
    public func close() { channel.close(promise: nil) }

    /// What a streamed body threw: nothing of the connection's.
    private struct BodyFailure: Error {
        let cause: any Error
    }

    // MARK: - Sending

    private func sendHead(_ exchange: HTTPExchange) async throws -> Task<Void, Never>? {
        var bytes = try head(exchange)
        if case .bytes(let body) = exchange.body { bytes += body }
        do {
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
        } catch {
            // Who refuses early closes while we still send, and has told why: the answer is worth more than the broken pipe.
            guard case .closedEarly = HTTPFailure.translated(error, server: place.description) else {
                throw await told(error)
            }
        }
        guard case .pieces(let next) = exchange.body else { return nil }
        return upload(next)
    }

    private func head(_ exchange: HTTPExchange) throws -> [UInt8] {
        var lines = ["\(exchange.method) \(exchange.target) HTTP/1.1", "Host: \(place.host)"]
        lines += exchange.headers.fields.map { "\($0.name): \($0.value)" }
        if case .channel = exchange.purpose { lines += ["Connection: Upgrade", "Upgrade: tcp"] }
        switch exchange.body {
        case .none: if exchange.method != "GET", exchange.method != "HEAD" { lines.append("Content-Length: 0") }
        case .bytes(let bytes): lines.append("Content-Length: \(bytes.count)")
        case .pieces: lines.append("Transfer-Encoding: chunked")
        }
        // A line break in a name that a person gave would be the beginning of another field, or of another request.
        guard lines.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f } }),
            !exchange.target.contains(" ")
        else { throw HTTPFailure.invalidURL(exchange.target) }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private func upload(_ next: @escaping @Sendable () async throws -> [UInt8]?) -> Task<Void, Never> {
        let (channel, traffic) = (channel, traffic)
        return Task {
            do {
                while let piece = try await next() {
                    try Task.checkCancellation()
                    guard !piece.isEmpty else { continue }
                    var buffer = ByteBuffer(string: String(piece.count, radix: 16) + "\r\n")
                    buffer.writeBytes(piece)
                    buffer.writeString("\r\n")
                    try await channel.writeAndFlush(buffer).get()
                }
                try await channel.writeAndFlush(ByteBuffer(string: "0\r\n\r\n")).get()
            } catch is ChannelError {
                // The connection is over, which whoever reads the answer is told.
            } catch is IOError {
            } catch {
                channel.eventLoop.execute {
                    traffic.value.fail(BodyFailure(cause: error))
                    channel.close(promise: nil)
                }
            }
        }
    }

    // MARK: - Receiving

    private func onLoop(_ body: @escaping @Sendable (ConnectionTraffic) -> Void) async throws {
        let traffic = traffic
        try await channel.eventLoop.submit { body(traffic.value) }.get()
    }

    private func pull<Value: Sendable>(
        _ ask: @escaping @Sendable (ConnectionTraffic, EventLoopPromise<Value>) -> Void
    ) async throws -> Value {
        let traffic = traffic
        let promise = channel.eventLoop.makePromise(of: Value.self)
        channel.eventLoop.execute { ask(traffic.value, promise) }
        return try await promise.futureResult.get()
    }

    private func withCancellation<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let channel = channel
        return try await withTaskCancellationHandler(operation: body) { channel.close(promise: nil) }
    }

    /// What a program said on standard error before it ended tells more than that it is gone.
    private func told(_ error: any Error) async -> any Error {
        if Task.isCancelled { return HTTPFailure.cancelled }
        if let own = error as? BodyFailure { return own.cause }
        let failure = HTTPFailure.translated(error, server: place.description)
        if case .closedEarly = failure, let words = guest?.lastWords(), !words.isEmpty {
            return HTTPFailure.noRoute(place.description, reason: words)
        }
        return failure
    }
}
