import CLinux

/// The way into the container's standard input: a pipe or a terminal's master, with a bounded queue before it.
struct InputPipe: ~Copyable {
    /// Most bytes that wait; a client that sends more is not read from.
    private static let bound = 64 << 10

    private var descriptor = Descriptor()
    private var queue = ByteQueue()
    private var closesWhenEmpty = false
    private let isTerminal: Bool

    /// A closed one.
    init() { isTerminal = false }

    init(owning number: Int32, isTerminal: Bool) {
        descriptor = Descriptor(owning: number)
        self.isTerminal = isTerminal
    }

    var number: Int32 { descriptor.number }
    var isOpen: Bool { descriptor.isOpen && !closesWhenEmpty }
    var isWaiting: Bool { descriptor.isOpen && queue.count > 0 }
    var room: Int { Self.bound - queue.count }

    /// Reads up to `count` bytes from a client's socket into the queue and passes on what goes at once.
    mutating func receive(from socket: Int32, _ count: Int) -> Int {
        let wanted = min(count, room)
        guard let place = queue.reserve(wanted) else { return -Int(ENOMEM) }
        let received = monitor_receive(socket, place, wanted)
        if received > 0 { queue.fill(received) }
        flush()
        return received
    }

    /// Writes what waits; closes when the reader is gone or the end has been reached.
    mutating func flush() {
        guard descriptor.isOpen else { return }
        do throws(SystemError) {
            try queue.flush(to: descriptor.number)
            if closesWhenEmpty, queue.count == 0 { descriptor.close() }
        } catch {
            queue.clear()
            descriptor.close()
        }
    }

    /// No more input will come. A terminal has no end but the character that its program makes of it.
    mutating func end() {
        guard !isTerminal else { return }
        closesWhenEmpty = true
        flush()
    }
}
