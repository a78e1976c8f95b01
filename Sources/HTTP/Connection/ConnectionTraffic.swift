import NIOCore
import Synchronization

/// What a connection's bytes mean and who waits for them; lives on the connection's thread.
///
/// The socket is read only when somebody waits and nothing is there (`autoRead` is off).
final class ConnectionTraffic: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Whether nothing is outstanding; read by any thread.
    final class Mark: Sendable {
        let isIdle = Atomic(true)
    }

    private enum Waiting {
        case nobody
        case head(EventLoopPromise<HTTPExchange.Answer>)
        case piece(EventLoopPromise<[UInt8]?>)
    }

    let mark: Mark
    private let place: HTTPPlace
    private var context: ChannelHandlerContext?
    private var parser: AnswerParser?
    private var items: Deque = Deque()
    private var waiting = Waiting.nobody
    private var patience: TimeAmount?
    private var clock: Scheduled<Void>?
    private var failure: (any Error)?
    private var isClosed = false

    /// What has been read and not asked for: at most what one reading of the socket brings.
    private struct Deque {
        private var items: [AnswerParser.Item] = []
        private var first = 0

        var next: AnswerParser.Item? { first < items.count ? items[first] : nil }
        mutating func removeFirst() {
            first += 1
            if first >= items.count { (items, first) = ([], 0) }
        }
        mutating func append(contentsOf more: [AnswerParser.Item]) { items += more }
        mutating func removeAll() { (items, first) = ([], 0) }
    }

    init(place: HTTPPlace, mark: Mark) {
        self.place = place
        self.mark = mark
    }

    // MARK: - Asked from the connection

    func begin(_ exchange: HTTPExchange) {
        var wantsChannel = false
        if case .channel = exchange.purpose { wantsChannel = true }
        parser = AnswerParser(isHeadOnly: exchange.method == "HEAD", wantsChannel: wantsChannel)
        items.removeAll()
        patience = exchange.patience.map { TimeAmount($0) }
        mark.isIdle.store(false, ordering: .releasing)
    }

    func head(_ promise: EventLoopPromise<HTTPExchange.Answer>) {
        waiting = .head(promise)
        serve()
    }

    func piece(_ promise: EventLoopPromise<[UInt8]?>) {
        waiting = .piece(promise)
        serve()
    }

    /// Ends everything with an error of the caller's own.
    func fail(_ error: any Error) {
        if failure == nil { failure = error }
        serve()
    }

    // MARK: - The channel's events

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        guard failure == nil, parser != nil else { return }
        do {
            let bytes = Array(buffer.readableBytesView)
            items.append(contentsOf: try parser?.take(bytes[...]) ?? [])
        } catch {
            failure = HTTPFailure.malformed(place.description, reason: error.reason)
            context.close(promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // A new beginning of the patience, for something has come.
        stopClock()
        serve()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else {
            return context.fireUserInboundEventTriggered(event)
        }
        end()
    }

    func channelInactive(context: ChannelHandlerContext) { end() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if failure == nil { failure = error }
        context.close(promise: nil)
        serve()
    }

    private func end() {
        guard !isClosed else { return }
        isClosed = true
        mark.isIdle.store(false, ordering: .releasing)
        if let item = parser?.close() { items.append(contentsOf: [item]) }
        serve()
    }

    // MARK: - Serving

    private func serve() {
        switch waiting {
        case .nobody: break
        case .head(let promise): serveHead(promise)
        case .piece(let promise): servePiece(promise)
        }
    }

    private func serveHead(_ promise: EventLoopPromise<HTTPExchange.Answer>) {
        guard case .head(let status, let fields)? = items.next else { return wait { promise.fail($0) } }
        items.removeFirst()
        done()
        var headers = HTTPHeaders()
        for field in fields { headers.add(field.name, field.value) }
        promise.succeed(HTTPExchange.Answer(status: status, headers: headers, isChannel: parser?.isChannel ?? false))
        closeWhenOver()
    }

    private func servePiece(_ promise: EventLoopPromise<[UInt8]?>) {
        switch items.next {
        case .piece(let bytes):
            items.removeFirst()
            done()
            promise.succeed(bytes)
            closeWhenOver()
        case .end, .head:
            done()
            promise.succeed(nil)
        case nil where parser?.isOver ?? true && failure == nil:
            done()
            promise.succeed(nil)
        case nil: wait { promise.fail($0) }
        }
    }

    /// The end of an answer that nobody need read further: what remains is only its mark.
    private func closeWhenOver() {
        guard case .end(let reusable)? = items.next else { return }
        items.removeFirst()
        guard reusable, !isClosed else {
            context?.close(promise: nil)
            return
        }
        mark.isIdle.store(true, ordering: .releasing)
        // So that its end is noticed while nobody asks for anything.
        context?.read()
    }

    private func wait(_ refuse: (any Error) -> Void) {
        if let failure {
            done()
            return refuse(failure)
        }
        if isClosed {
            done()
            return refuse(HTTPFailure.closedEarly(place.description))
        }
        if clock == nil, let patience, !(parser?.isChannel ?? false) {
            clock = context?.eventLoop.assumeIsolated().scheduleTask(in: patience) { [self] in
                clock = nil
                fail(HTTPFailure.idle(place.description))
                context?.close(promise: nil)
            }
        }
        context?.read()
    }

    private func done() {
        waiting = .nobody
        stopClock()
    }

    private func stopClock() {
        clock?.cancel()
        clock = nil
    }
}
