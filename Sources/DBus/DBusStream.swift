import Glibc
import LinuxSystem

/// A connected socket that is read and written with deadlines, and knows where messages end.
final class DBusStream {
    private let socket: OwnedDescriptor
    private var buffer: [UInt8] = []

    init(_ address: DBusAddress) throws(DBusError) {
        do throws(SystemError) {
            let socket =
                switch address {
                case .path(let path): try UnixSocket.connect(path)
                case .abstract(let name): try UnixSocket.connect(abstract: name)
                }
            try socket.setNonBlocking(true)
            self.socket = socket
        } catch { throw DBusError.system(error) }
    }

    func send(_ bytes: [UInt8], until deadline: Int64) throws(DBusError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket.rawValue, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                try wait(for: POLLOUT, until: deadline, what: "room for a message")
            } else if errno != EINTR {
                throw errno == EPIPE || errno == ECONNRESET ? DBusError.closed : .system(.last("send"))
            }
        }
    }

    /// A line of the authentication, without its end.
    func line(until deadline: Int64) throws(DBusError) -> String {
        while true {
            if let end = buffer.firstIndex(of: 0x0a) {
                let line = buffer[..<end]
                buffer.removeFirst(end + 1)
                return String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
            }
            guard buffer.count <= 1 << 14 else { throw DBusError.malformed("a line without an end") }
            try fill(until: deadline, what: "answer to the authentication")
        }
    }

    /// The next message; those of kinds that are not known are skipped.
    func message(until deadline: Int64, what: String) throws(DBusError) -> DBusMessage {
        while true {
            let start = Array(buffer.prefix(DBusMessage.startLength))
            if let length = try DBusMessage.length(start), buffer.count >= length {
                let bytes = Array(buffer[..<length])
                buffer.removeFirst(length)
                if let message = try DBusMessage(bytes) { return message }
                continue
            }
            try fill(until: deadline, what: what)
        }
    }

    private func fill(until deadline: Int64, what: String) throws(DBusError) {
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(socket.rawValue, $0.baseAddress, $0.count) }
            if count > 0 { return buffer += chunk[..<count] }
            if count == 0 { throw DBusError.closed }
            switch errno {
            case EAGAIN: try wait(for: POLLIN, until: deadline, what: what)
            case EINTR: continue
            case ECONNRESET: throw DBusError.closed
            default: throw DBusError.system(.last("read"))
            }
        }
    }

    private func wait(for events: Int32, until deadline: Int64, what: String) throws(DBusError) {
        let left = deadline - Clock.monotonic()
        guard left > 0 else { throw DBusError.timedOut(what) }
        var entry = pollfd(fd: socket.rawValue, events: Int16(truncatingIfNeeded: events), revents: 0)
        guard poll(&entry, 1, Int32(clamping: left / 1_000_000 + 1)) >= 0 || errno == EINTR else {
            throw DBusError.system(.last("poll"))
        }
    }
}
