import Foundation
import Harness
import Synchronization

/// A port that passes bytes on to a server and breaks or stops where a test wants it: what a bad line does.
final class Relay: Sendable {
    /// What becomes of a connection once so many bytes of the server's have passed over it.
    enum Fault: Sendable {
        case none
        /// It is closed, the first so many times.
        case cut(after: Int, times: Int)
        /// It stands still until the line is mended.
        case hold(after: Int)
    }

    private struct State {
        var fault: Fault
        var connections: Set<Int32> = []
        var passed = 0
        var isHolding = false
        var isClosed = false
        var wanted: [String] = []
    }

    /// MSG_NOSIGNAL, which is an enumeration's case or a number, as other headers have been read.
    private static let noSignal: Int32 = 0x4000

    let port: UInt16
    private let target: UInt16
    private let isProxy: Bool
    private let listener: Int32
    private let state: Mutex<State>
    private let threads = DispatchGroup()

    /// Listens on 127.0.0.1 of the calling thread's network namespace, in which its threads stay as well.
    ///
    /// - Parameter isProxy: clients first say by CONNECT whom they want (RFC 9110, section 9.3.6); they get `target`.
    init(to target: Int, fault: Fault = .none, isProxy: Bool = false) throws {
        self.target = UInt16(target)
        self.isProxy = isProxy
        state = Mutex(State(fault: fault))
        (listener, port) = try LoopbackSocket.listen()
        start { $0.accept() }
    }

    /// `HOST:PORT`, as in image names.
    var address: String { "127.0.0.1:\(port)" }
    /// Bytes that have gone from the server to clients.
    var passed: Int { state.withLock { $0.passed } }
    /// Whether a connection stands still.
    var isHolding: Bool { state.withLock { $0.isHolding } }

    /// `HOST:PORT` of everybody who was wanted of a proxy.
    var wanted: [String] { state.withLock { $0.wanted } }

    /// From now on the line is as `fault` says; what stood still goes on.
    func mend(_ fault: Fault = .none) { state.withLock { $0.fault = fault } }

    /// Closes the port and every connection.
    func stop() {
        state.withLock { state in
            state.isClosed = true
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
        shutdown(listener, Int32(SHUT_RDWR))
        threads.wait()
    }

    private func start(_ body: @escaping @Sendable (Relay) -> Void) {
        let threads = threads
        threads.enter()
        Thread.detachNewThread { [self] in
            body(self)
            threads.leave()
        }
    }

    private func accept() {
        while case let client = Glibc.accept(listener, nil, nil), client >= 0 {
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            start { $0.serve(client) }
        }
        close(listener)
    }

    private func serve(_ client: Int32) {
        let server = LoopbackSocket.connect(to: target)
        let isWanted = state.withLock { state in
            if server >= 0, !state.isClosed { state.connections.formUnion([client, server]) }
            return server >= 0 && !state.isClosed
        }
        if isWanted, !isProxy || open(client) { pass(client, server) }
        state.withLock { $0.connections.subtract([client, server]) }
        close(client)
        if server >= 0 { close(server) }
    }

    /// Reads who is wanted, and says that he is here.
    private func open(_ client: Int32) -> Bool {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8), head.count < 1 << 16, recv(client, &byte, 1, 0) == 1 {
            head.append(byte)
        }
        let words = String(decoding: head, as: UTF8.self).split(separator: " ")
        guard words.first == "CONNECT", words.count > 1 else { return false }
        state.withLock { $0.wanted.append(String(words[1])) }
        let answer = Array("HTTP/1.1 200 OK\r\n\r\n".utf8)
        return send(client, answer, answer.count, Self.noSignal) == answer.count
    }

    /// Passes bytes both ways until an end closes or the fault says so.
    private func pass(_ client: Int32, _ server: Int32) {
        var answered = 0
        var ends = [
            pollfd(fd: client, events: Int16(POLLIN), revents: 0),
            pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            guard let room = room(after: answered) else { return }
            // Who stands still is not asked for more; the bound on the wait is how soon he hears that the line is mended.
            ends[1].fd = room > 0 ? server : -1
            guard poll(&ends, 2, 20) >= 0 || errno == EINTR else { return }
            if ends[0].revents != 0, move(from: client, to: server, upTo: 1 << 16) == 0 { return }
            if room > 0, ends[1].revents != 0 {
                let moved = move(from: server, to: client, upTo: min(room, 1 << 16))
                guard moved > 0 else { return }
                answered += moved
                state.withLock { $0.passed += moved }
            }
        }
    }

    /// How many more bytes of the server's may pass; nil when the connection is to be cut.
    private func room(after answered: Int) -> Int? {
        state.withLock { state in
            switch state.fault {
            case .cut(let limit, let times) where times > 0:
                if answered < limit { return limit - answered }
                state.fault = .cut(after: limit, times: times - 1)
                return nil
            case .hold(let limit):
                if answered >= limit { state.isHolding = true }
                return max(0, limit - answered)
            default: return .max
            }
        }
    }

    /// Bytes moved; zero at the end.
    private func move(from source: Int32, to target: Int32, upTo count: Int) -> Int {
        withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { room in
            let got = recv(source, room.baseAddress, count, 0)
            var sent = 0
            while sent < got {
                let step = send(target, room.baseAddress?.advanced(by: sent), got - sent, Self.noSignal)
                guard step > 0 else { return 0 }
                sent += step
            }
            return max(0, got)
        }
    }
}
