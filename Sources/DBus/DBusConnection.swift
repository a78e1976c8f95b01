import LinuxSystem

/// A conversation with a bus. Calls block the thread, each no longer than its deadline;
/// it is used by one thread.
public final class DBusConnection {
    private let stream: DBusStream
    private var serial: UInt32 = 0
    private var signals: [DBusMessage] = []
    /// The bus's name for this connection.
    public private(set) var name: String?

    /// Signals that nobody has asked for yet; beyond it the oldest goes.
    private static let signalLimit = 1024
    private static let busName = "org.freedesktop.DBus"
    private static let busPath = "/org/freedesktop/DBus"

    /// Connects, and tells who we are by the socket's credentials (SASL EXTERNAL without a name: the number that a process
    /// has in its user namespace is not what the bus sees).
    /// - Parameter milliseconds: for all of it.
    public init(_ address: DBusAddress, milliseconds: Int = 5000) throws(DBusError) {
        let deadline = Self.deadline(milliseconds)
        stream = try DBusStream(address)
        try authenticate(until: deadline)
        name = try call(
            .call("Hello", of: Self.busName, at: Self.busPath, destination: Self.busName), until: deadline
        ).body.first?.text
    }

    private func authenticate(until deadline: Int64) throws(DBusError) {
        try stream.send(Array("\0AUTH EXTERNAL\r\n".utf8), until: deadline)
        var answer = try stream.line(until: deadline)
        if answer == "DATA" || answer.hasPrefix("DATA ") {
            try stream.send(Array("DATA\r\n".utf8), until: deadline)
            answer = try stream.line(until: deadline)
        }
        guard answer == "OK" || answer.hasPrefix("OK ") else { throw DBusError.authentication(answer) }
        try stream.send(Array("BEGIN\r\n".utf8), until: deadline)
    }

    private static func deadline(_ milliseconds: Int) -> Int64 {
        let (span, isTooLong) = Int64(max(0, milliseconds)).multipliedReportingOverflow(by: 1_000_000)
        let (time, isTooLate) = Clock.monotonic().addingReportingOverflow(isTooLong ? .max : span)
        return isTooLate ? .max : time
    }

    /// Calls a method and waits for its answer.
    /// - Returns: the reply; its `sender` is the answering connection's own name.
    /// - Throws: `.remote` when the method fails, `.timedOut`, and whatever ends the connection.
    public func call(_ message: DBusMessage, milliseconds: Int = 25_000) throws(DBusError) -> DBusMessage {
        try call(message, until: Self.deadline(milliseconds))
    }

    private func call(_ message: DBusMessage, until deadline: Int64) throws(DBusError) -> DBusMessage {
        let number = try send(message, until: deadline)
        while true {
            let answer = try receive(until: deadline, what: "answer to \(message.member ?? "the call")")
            guard answer.replySerial == number else { continue }
            switch answer.kind {
            case .reply: return answer
            case .error: throw answer.error
            case .call, .signal: continue
            }
        }
    }

    /// Asks the bus for signals (D-Bus Specification, "Match Rules"); a peer sends what it likes.
    public func addMatch(_ rule: String, milliseconds: Int = 25_000) throws(DBusError) {
        _ = try call(
            .call(
                "AddMatch", of: Self.busName, at: Self.busPath, destination: Self.busName, body: [.string(rule)]),
            milliseconds: milliseconds)
    }

    /// Waits for a signal, also among those that came meanwhile.
    public func signal(
        milliseconds: Int, what: String = "signal", where isWanted: (DBusMessage) -> Bool
    ) throws(DBusError) -> DBusMessage {
        let deadline = Self.deadline(milliseconds)
        while true {
            if let index = signals.firstIndex(where: isWanted) { return signals.remove(at: index) }
            // Who does not want them has no use for those before.
            signals.removeAll()
            while signals.isEmpty { _ = try receive(until: deadline, what: what) }
        }
    }

    /// The next message, whatever it is.
    func next(milliseconds: Int) throws(DBusError) -> DBusMessage {
        try stream.message(until: Self.deadline(milliseconds), what: "message")
    }

    /// Sends a message, and waits for nothing.
    func post(_ message: DBusMessage, milliseconds: Int = 25_000) throws(DBusError) -> UInt32 {
        try send(message, until: Self.deadline(milliseconds))
    }

    private func send(_ message: DBusMessage, until deadline: Int64) throws(DBusError) -> UInt32 {
        serial = serial == .max ? 1 : serial + 1
        var message = message
        message.serial = serial
        try stream.send(try message.bytes(), until: deadline)
        return serial
    }

    /// The next message; signals are kept, and calls, which nobody expects here, are turned down.
    private func receive(until deadline: Int64, what: String) throws(DBusError) -> DBusMessage {
        let message = try stream.message(until: deadline, what: what)
        switch message.kind {
        case .signal:
            if signals.count == Self.signalLimit { signals.removeFirst() }
            signals.append(message)
        case .call where message.flags & 1 == 0:
            var refusal = DBusMessage(.error)
            refusal.errorName = "org.freedesktop.DBus.Error.UnknownMethod"
            refusal.replySerial = message.serial
            refusal.destination = message.sender
            refusal.body = [.string("nothing is offered here")]
            _ = try send(refusal, until: deadline)
        case .call, .reply, .error: break
        }
        return message
    }
}
