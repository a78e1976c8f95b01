import CLinux
import Foundation
import Glibc
import Synchronization

/// An HTTP/1.1 server of a test's own on 127.0.0.1: a closure answers each request, also in ways no honest server
/// would.
///
///     let server = try ScriptedServer { request in
///         request.path == "/v2/" ? .status(200) : .status(404, body: "no")
///     }
///     defer { server.stop() }
///
/// Each connection has a thread of its own, so closures are called from several at once; connections are kept alive as
/// HTTP/1.1 has it. `stop()` ends them all, also those that stall, and waits for their threads.
package final class ScriptedServer: Sendable {
    /// Answers a request.
    package typealias Script = @Sendable (ScriptedRequest) -> ScriptedAnswer
    /// Asked with a request whose body has not been read: the connection is broken after that many bytes of it, and
    /// the script is called with what has come (`isCut`), its answer not sent. `nil` reads it all.
    package typealias Cut = @Sendable (ScriptedRequest) -> Int?

    private struct State {
        var requests: [ScriptedRequest] = []
        var connections: Set<Int32> = []
        var gates: [Gate] = []
        var accepted = 0
        var bytesSent: Int64 = 0
        var isStopped = false
        var watchers: [(limit: Int, continuation: CheckedContinuation<Void, Never>)] = []

        /// Takes out those who wait for as few connections as there are.
        mutating func satisfied() -> [CheckedContinuation<Void, Never>] {
            let now = watchers.filter { connections.count <= $0.limit }
            watchers.removeAll { connections.count <= $0.limit }
            return now.map(\.continuation)
        }
    }

    /// The port it listens on.
    package let port: UInt16
    private let listener: Int32
    private let script: Script
    private let cut: Cut
    private let state = Mutex(State())
    private let threads = DispatchGroup()

    /// Listens on a port of 127.0.0.1, any by default.
    package init(port: UInt16 = 0, cutting cut: @escaping Cut = { _ in nil }, script: @escaping Script) throws {
        (listener, self.port) = try Self.listen(port)
        self.cut = cut
        self.script = script
        start { server in server.acceptAll() }
    }

    /// `127.0.0.1:PORT`, as it stands in image names.
    package var host: String { "127.0.0.1:\(port)" }
    /// Every request so far whose head could be read, in order.
    package var requests: [ScriptedRequest] { state.withLock { $0.requests } }
    /// How many connections there have been.
    package var accepted: Int { state.withLock { $0.accepted } }
    /// How many are open.
    package var open: Int { state.withLock { $0.connections.count } }
    /// Suspends until at most `limit` connections are open.
    package func connections(atMost limit: Int) async {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state in
                state.watchers.append((limit, continuation))
                return state.satisfied()
            }
            for continuation in now { continuation.resume() }
        }
    }

    /// Bytes that the kernel took for sending, of all answers.
    package var bytesSent: Int64 { state.withLock { $0.bytesSent } }

    /// `METHOD target` of every request so far.
    package var lines: [String] { requests.map { "\($0.method) \($0.target)" } }

    /// Ends it: breaks the connections, opens the gates, waits for the threads.
    package func stop() {
        let gates = state.withLock { state -> [Gate] in
            guard !state.isStopped else { return [] }
            state.isStopped = true
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
            return state.gates
        }
        for gate in gates { gate.open() }
        shutdown(listener, Int32(SHUT_RDWR))
        threads.wait()
    }

    private static func listen(_ port: UInt16) throws -> (Int32, UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw HarnessError("no socket: \(String(cString: strerror(errno)))") }
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
                guard bind(descriptor, pointer, length) == 0, Glibc.listen(descriptor, 128) == 0 else { return -1 }
                return getsockname(descriptor, pointer, &length)
            }
        }
        guard result == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw HarnessError("cannot listen on 127.0.0.1:\(port): \(reason)")
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    private func start(_ body: @escaping @Sendable (ScriptedServer) -> Void) {
        threads.enter()
        let threads = threads
        Thread.detachNewThread { [self] in
            body(self)
            threads.leave()
        }
    }

    private func acceptAll() {
        defer { close(listener) }
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return
            }
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            let isWanted = state.withLock { state -> Bool in
                guard !state.isStopped else { return false }
                state.accepted += 1
                state.connections.insert(connection)
                return true
            }
            guard isWanted else {
                close(connection)
                return
            }
            start { server in
                server.serve(ScriptedConnection(connection))
                // Out of the set before it is closed: its number may be somebody else's right afterwards.
                let satisfied = server.state.withLock { state in
                    state.connections.remove(connection)
                    return state.satisfied()
                }
                close(connection)
                for continuation in satisfied { continuation.resume() }
            }
        }
    }

    private func serve(_ connection: ScriptedConnection) {
        while var request = connection.readHead() {
            let limit = cut(request)
            request.body = connection.readBody(of: request, limit: limit)
            request.isCut = limit != nil
            let complete = request
            state.withLock { $0.requests.append(complete) }
            let answer = script(request)
            guard limit == nil, !send(answer, to: connection, isHead: request.method == "HEAD") else { return }
        }
    }

    /// Answers whether the connection is at its end.
    private func send(_ answer: ScriptedAnswer, to connection: ScriptedConnection, isHead: Bool) -> Bool {
        for piece in isHead ? Array(answer.pieces.prefix(1)) : answer.pieces {
            switch piece {
            case .bytes(let bytes):
                guard write(bytes, to: connection) else { return true }
            case .endless(let bytes):
                while write(bytes, to: connection) {}
                return true
            case .stall(let gate):
                let isStopped = state.withLock { state in
                    state.gates.append(gate)
                    return state.isStopped
                }
                if isStopped { return true }
                gate.wait()
            case .reset:
                connection.resetOnClose()
                return true
            }
        }
        return answer.closes
    }

    private func write(_ bytes: [UInt8], to connection: ScriptedConnection) -> Bool {
        let sent = connection.write(bytes)
        state.withLock { $0.bytesSent += Int64(sent) }
        return sent == bytes.count
    }
}
