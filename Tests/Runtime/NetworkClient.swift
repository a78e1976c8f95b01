import CLinux
import Engine
import Glibc
import LinuxSystem

/// A socket of a test's, closed with its last owner.
final class TestSocket {
    private(set) var rawValue: Int32

    init(_ rawValue: Int32) { self.rawValue = rawValue }

    deinit { close() }

    func close() {
        if rawValue >= 0 { Glibc.close(rawValue) }
        rawValue = -1
    }
}

/// Blocking sockets for tests, never for longer than some seconds.
enum NetworkClient {
    /// Does `body` with this thread in the network namespace of a process.
    static func inside<Value>(_ pid: pid_t, _ body: () throws -> Value) throws -> Value {
        let own = try OwnedDescriptor.open("/proc/thread-self/ns/net")
        let other = try OwnedDescriptor.open("/proc/\(pid)/ns/net")
        guard monitor_setns(other.rawValue, 0x4000_0000) == 0 else { throw EngineError(.system, "no setns") }
        defer { monitor_setns(own.rawValue, 0x4000_0000) }
        return try body()
    }

    static func address(_ ipv4: UInt32, _ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = ipv4.bigEndian
        return address
    }

    /// A socket bound to `port`, or a free one, of `ipv4`, listening where it is a stream; and that port.
    static func server(
        _ type: __socket_type, _ ipv4: UInt32 = 0x7f00_0001, port: UInt16 = 0
    ) throws -> (socket: TestSocket, port: UInt16) {
        let socket = try make(type)
        var place = address(ipv4, port)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withSockAddr(&place) { bind(socket.rawValue, $0, size) }
        guard bound == 0, type != SOCK_STREAM || listen(socket.rawValue, 16) == 0 else {
            throw EngineError(.system, "no bind")
        }
        _ = withSockAddr(&place) { getsockname(socket.rawValue, $0, &size) }
        return (socket, UInt16(bigEndian: place.sin_port))
    }

    private static func make(_ type: __socket_type) throws -> TestSocket {
        let number = socket(AF_INET, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw EngineError(.system, "no socket") }
        var time = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        return TestSocket(number)
    }

    static func withSockAddr<Value>(
        _ place: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Value
    ) -> Value {
        withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }

    /// A socket connected to a port.
    static func connect(_ type: __socket_type, _ ipv4: UInt32, _ port: UInt16) throws -> TestSocket {
        let socket = try make(type)
        var place = address(ipv4, port)
        let answer = withSockAddr(&place) {
            Glibc.connect(socket.rawValue, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        guard answer == 0 else { throw EngineError(.system, "no connection: \(String(cString: strerror(errno)))") }
        return socket
    }

    static func send(_ socket: TestSocket, _ bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            let sent = bytes[done...].withUnsafeBytes {
                Glibc.send(socket.rawValue, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { throw EngineError(.system, "not sent: \(String(cString: strerror(errno)))") }
            done += sent
        }
    }

    /// One piece of what has come; empty at the end, nil when nothing comes or the connection broke.
    static func receive(_ socket: TestSocket, most: Int = 65536) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: most)
        let count = buffer.withUnsafeMutableBytes { recv(socket.rawValue, $0.baseAddress, $0.count, 0) }
        return count < 0 ? nil : Array(buffer.prefix(count))
    }

    /// All that comes until the end; nil when the connection broke.
    static func receiveAll(_ socket: TestSocket) -> [UInt8]? {
        var all: [UInt8] = []
        while let piece = receive(socket) {
            if piece.isEmpty { return all }
            all += piece
        }
        return nil
    }
}

/// Questions of the domain name system.
enum NameQuestion {
    /// A message that asks for `type` of `name`.
    static func bytes(_ name: String, type: UInt16 = 1, id: UInt16 = 0x1234) -> [UInt8] {
        var message: [UInt8] = [UInt8(id >> 8), UInt8(id & 255), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        for label in name.split(separator: ".") { message += [UInt8(label.utf8.count)] + Array(label.utf8) }
        return message + [0, UInt8(type >> 8), UInt8(type & 255), 0, 1]
    }

    /// The answer to a question under `name` with an IPv4 address.
    static func answer(to question: [UInt8], _ address: [UInt8]) -> [UInt8] {
        var message = question
        message[2] = 0x81
        message[3] = 0x80
        message[7] = 1
        return message + [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4] + address
    }
}
