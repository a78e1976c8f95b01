import CLinux

/// A client that asks by TCP: one question at a time, passed on by TCP where the monitor has no answer of its own.
final class NameStream {
    /// Most at once, of a container.
    static let most = 32
    /// Told once for every change, so that what is wanted need not be set anew with every step.
    static let wanted = MONITOR_READABLE | MONITOR_WRITABLE | MONITOR_EDGE
    private static let idle: Int64 = 10_000_000_000
    private static let patience: Int64 = 3_000_000_000
    /// Most questions in a row, so that others have their turn.
    private static let inARow = 16

    private enum Phase {
        /// Waits for the client's question.
        case reading
        /// Waits for a server's answer to the question in `question`.
        case asking
        /// Sends the answer.
        case answering
        case over
    }

    private unowned(unsafe) let resolver: Resolver
    private var client: Descriptor
    private var server = Descriptor()
    private var phase = Phase.reading
    private var question = LengthMessage()
    private var response = LengthMessage()
    private var queue = ByteQueue()
    private var end = 0
    private var clientID: UInt16 = 0
    private var id: UInt16 = 0
    private var attempts = 0
    private(set) var deadline: Int64

    init(client: Int32, resolver: Resolver) {
        self.client = Descriptor(owning: client)
        self.resolver = resolver
        deadline = monitor_monotonic() + Self.idle
    }

    var isOver: Bool { if case .over = phase { true } else { false } }

    func has(_ descriptor: Int32) -> Bool { client.number == descriptor || server.number == descriptor }

    /// Goes as far as it gets.
    func advance() {
        for _ in 0..<Self.inARow {
            let goesOn: Bool
            switch phase {
            case .reading: goesOn = readQuestion()
            case .asking: goesOn = askServer()
            case .answering: goesOn = sendAnswer()
            case .over: goesOn = false
            }
            guard goesOn else { return }
        }
        // Readiness is told anew after this, though nothing changed meanwhile.
        _ = monitor_epoll_change(
            resolver.epoll, client.number, Self.wanted, Monitor.Source.nameStream.tag(client.number))
    }

    /// Nothing came in time.
    func expire() {
        if case .asking = phase { nextServer() } else { finish() }
        advance()
    }

    private func finish() {
        phase = .over
        server.close()
        client.close()
    }

    // MARK: - Towards the client

    private func readQuestion() -> Bool {
        switch question.read(from: client.number) {
        case .more: return false
        case .end:
            finish()
            return false
        case .whole: break
        }
        let packet = question.packet
        do throws(Question.Refusal) {
            let asked = try Question(packet)
            end = asked.end
            clientID = asked.id
            if let answer = resolver.answer(asked, packet, most: Int(UInt16.max)) {
                reply(answer)
            } else {
                attempts = 0
                phase = .asking
                nextServer()
            }
        } catch {
            guard case .code(let code) = error else {
                finish()
                return false
            }
            reply(Answer(to: packet, end: 0, code: code, most: Packet.smallest))
        }
        return true
    }

    private func reply(_ answer: borrowing Answer) {
        send(UnsafeRawBufferPointer(start: answer.message.bytes, count: answer.message.count))
    }

    private func send(_ message: UnsafeRawBufferPointer) {
        server.close()
        enqueue(message)
        phase = .answering
        deadline = monitor_monotonic() + Self.idle
    }

    private func enqueue(_ message: UnsafeRawBufferPointer) {
        queue.clear()
        var length: (UInt8, UInt8) = (UInt8(message.count >> 8 & 0xff), UInt8(message.count & 0xff))
        queue.append(&length, count: 2)
        if let start = message.baseAddress { queue.append(start, count: message.count) }
    }

    private func sendAnswer() -> Bool {
        do throws(SystemError) { try queue.flush(to: client.number) } catch {
            finish()
            return false
        }
        guard queue.count == 0 else { return false }
        question.clear()
        response.clear()
        phase = .reading
        return true
    }

    // MARK: - Towards a server

    /// Turns to the next server, or answers for them when none is left.
    private func nextServer() {
        let servers = resolver.servers
        response.clear()
        while attempts < servers.count {
            var address = servers[attempts]
            attempts += 1
            server = Descriptor(owning: monitor_socket(Int32(address.family), Int32(SOCK_STREAM.rawValue)))
            guard server.isOpen, monitor_random(&id, 2) == 2 else { continue }
            let answer = monitor_connect(server.number, &address)
            guard answer == 0 || answer == -EINPROGRESS,
                resolver.watch(server.number, .nameStream, Self.wanted) >= 0
            else { continue }
            question.set(id: id)
            enqueue(question.packet.bytes)
            deadline = monitor_monotonic() + Self.patience
            return
        }
        question.set(id: clientID)
        reply(Answer(to: question.packet, end: end, code: Question.serverFailure, most: Packet.smallest))
    }

    private func askServer() -> Bool {
        do throws(SystemError) { try queue.flush(to: server.number) } catch {
            // Also what write(2) says while the connection is still being made.
            guard error.code != ENOTCONN else { return false }
            nextServer()
            return true
        }
        guard queue.count == 0 else { return false }
        switch response.read(from: server.number) {
        case .more: return false
        case .end:
            nextServer()
            return true
        case .whole: break
        }
        let packet = response.packet
        let isSound = packet.answers(id, question.packet, end: end)
        guard isSound, !(resolver.isRefusal(packet) && attempts < resolver.servers.count) else {
            nextServer()
            return true
        }
        response.set(id: clientID)
        send(response.packet.bytes)
        return true
    }
}
