import CLinux
import CMonitorWire

/// Answers the container's questions for names: of its networks by itself, all others by asking the host's resolvers.
///
/// The sockets towards the container lie in its network namespace, those towards the world in the monitor's own.
final class Resolver {
    /// Most questions that are read in a row; whoever asks more gets his turn after others.
    private static let inARow = 64

    let epoll: Int32
    /// Memory for a moment, the monitor's.
    let scratch: UnsafeMutableRawBufferPointer
    var lookup = NameLookup(directories: [])
    /// Who is asked for other names; empty where no name of the world is asked for.
    var servers: [monitor_endpoint] = []

    var datagrams = Descriptor()
    private var listener = Descriptor()
    var pending: [ForwardedQuestion] = []
    var streams: [NameStream] = []
    /// So many answers were given: who has several addresses gets another one first each time.
    private var turn = 0

    init(epoll: Int32, scratch: UnsafeMutableRawBufferPointer) {
        self.epoll = epoll
        self.scratch = scratch
    }

    var isOpen: Bool { datagrams.isOpen }

    /// Takes over the sockets in the container's namespace and begins to answer at `port`.
    func open(datagrams: Int32, listener: Int32, port: UInt16) throws(SystemError) {
        self.datagrams = Descriptor(owning: datagrams)
        self.listener = Descriptor(owning: listener)
        do throws(SystemError) {
            try check(monitor_bind_ipv4(datagrams, SPH_NAME_ADDRESS, port))
            try check(monitor_bind_ipv4(listener, SPH_NAME_ADDRESS, port))
            try check(monitor_listen_stream(listener, 16))
            try check(watch(datagrams, .names))
            try check(watch(listener, .nameListener))
        } catch {
            close()
            throw error
        }
    }

    /// Forgets all questions; the container's namespace is going.
    func close() {
        pending = []
        streams = []
        datagrams.close()
        listener.close()
    }

    func watch(_ descriptor: Int32, _ source: Monitor.Source, _ wanted: UInt32 = MONITOR_READABLE) -> Int32 {
        monitor_epoll_add(epoll, descriptor, wanted, source.tag(descriptor))
    }

    // MARK: - Questions

    /// Reads what was asked by datagrams.
    func datagramsReady() {
        for _ in 0..<Self.inARow {
            var client = monitor_endpoint()
            var asked = monitor_endpoint()
            let count = monitor_receive_from(
                datagrams.number, scratch.baseAddress, scratch.count, &client, &asked)
            guard count >= 0 else { return }
            // A longer one than fits is nobody's question.
            guard count <= scratch.count else { continue }
            let packet = Packet(scratch.baseAddress, count: count)
            do throws(Question.Refusal) {
                let question = try Question(packet)
                if let answer = answer(question, packet, most: question.mostBytes) {
                    send(answer, to: client)
                } else {
                    forward(question, packet, from: client)
                }
            } catch {
                if case .code(let code) = error {
                    send(Answer(to: packet, end: 0, code: code, most: Packet.smallest), to: client)
                }
            }
        }
    }

    func send(_ answer: borrowing Answer, to client: monitor_endpoint) {
        var client = client
        _ = monitor_send_to(datagrams.number, answer.message.bytes, answer.message.count, &client, nil)
    }

    /// The monitor's own answer; nil when somebody else has to be asked.
    func answer(_ question: borrowing Question, _ packet: Packet, most: Int) -> Answer? {
        if question.isPlain {
            if let found = lookup.addresses(of: question) {
                var answer = Answer(to: packet, end: question.end, code: 0, most: most)
                turn = turn &+ 1
                for index in 0..<found.count {
                    answer.add(found[Int(UInt(bitPattern: turn &+ index) % UInt(found.count))])
                }
                return answer
            }
            if question.kind == .pointer, let address = ReverseName.address(question.name) {
                let name = lookup.name(of: address)
                if name.count > 0 {
                    var answer = Answer(to: packet, end: question.end, code: 0, most: most)
                    answer.add(pointer: name)
                    return answer
                }
            }
        }
        guard servers.isEmpty else { return nil }
        // As docker has it: it is not that there is no such name, nobody was there to be asked.
        return Answer(to: packet, end: question.end, code: Question.serverFailure, most: most)
    }

    // MARK: - Streams

    func accept() {
        while true {
            let socket = monitor_accept(listener.number)
            guard socket >= 0 else { return }
            let stream = NameStream(client: socket, resolver: self)
            guard streams.count < NameStream.most, watch(socket, .nameStream, NameStream.wanted) >= 0 else { continue }
            streams.append(stream)
        }
    }

    func streamReady(_ descriptor: Int32) {
        for stream in streams where stream.has(descriptor) {
            stream.advance()
            break
        }
        streams.removeAll { $0.isOver }
    }

    // MARK: - Deadlines

    /// When something is due, by the monotonic clock; nil when nothing is.
    var deadline: Int64? {
        var next = Int64.max
        for question in pending { next = min(next, question.deadline) }
        for stream in streams { next = min(next, stream.deadline) }
        return next == Int64.max ? nil : next
    }

    func meetDeadlines() {
        guard let deadline, monitor_monotonic() >= deadline else { return }
        let now = monitor_monotonic()
        for question in pending where now >= question.deadline { ask(question) }
        for stream in streams where now >= stream.deadline { stream.expire() }
        forgetAnswered()
        streams.removeAll { $0.isOver }
    }
}
