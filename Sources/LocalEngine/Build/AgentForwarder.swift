import Engine
import Glibc
import LinuxSystem
import Synchronization

/// Passes what a step's processes say to a socket of the host's on to it, and back.
///
/// An agent serves its owner alone, by what the kernel says of who has connected (ssh-agent(1)); here that is always this
/// process, whoever speaks in the container.
final class AgentForwarder: Sendable {
    private let listener: OwnedDescriptor
    private let target: String
    private let serving = Mutex<Task<Void, Never>?>(nil)
    private let open = Atomic(0)

    /// Most connections at a time.
    private static let most = 32

    /// Listens at `path` for a user; everything goes to the socket `target`.
    init(_ path: String, to target: String, mode: UInt32, uid: UInt32, gid: UInt32) throws {
        self.target = target
        listener = try inWords("make the socket for \(target)") { () throws(SystemError) in
            let listener = try UnixSocket.listen(path)
            try listener.setNonBlocking(true)
            guard chown(path, uid, gid) == 0, chmod(path, mode) == 0 else { throw SystemError.last("chown", path) }
            return listener
        }
        serving.withLock { $0 = Task { await self.serve() } }
    }

    /// Ends it with all its connections.
    func stop() { serving.withLock { $0?.cancel() } }

    private func serve() async {
        await withDiscardingTaskGroup { group in
            while (try? await Readiness.shared.readable(listener.rawValue)) != nil {
                let number = accept(listener.rawValue, nil, nil)
                guard number >= 0 else { continue }
                let client = OwnedDescriptor(owning: number)
                _ = fcntl(number, F_SETFD, FD_CLOEXEC)
                guard (try? client.setNonBlocking(true)) != nil else { continue }
                guard open.load(ordering: .relaxed) < Self.most, let relay = try? SocketRelay(client, to: target) else {
                    continue
                }
                open.add(1, ordering: .relaxed)
                group.addTask {
                    await relay.run()
                    self.open.subtract(1, ordering: .relaxed)
                }
            }
            group.cancelAll()
        }
    }
}

/// Two connected sockets, each of which is told what the other says.
private final class SocketRelay: Sendable {
    private let one: OwnedDescriptor
    private let other: OwnedDescriptor

    init(_ client: consuming OwnedDescriptor, to target: String) throws {
        one = client
        other = try UnixSocket.connect(target)
        try other.setNonBlocking(true)
    }

    /// Returns when both have said all.
    func run() async {
        let (one, other) = (one.rawValue, other.rawValue)
        await withDiscardingTaskGroup { group in
            group.addTask { await Self.pass(from: one, to: other) }
            group.addTask { await Self.pass(from: other, to: one) }
        }
    }

    private static func pass(from source: Int32, to target: Int32) async {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        defer { shutdown(target, Int32(SHUT_WR)) }
        while true {
            let count = buffer.withUnsafeMutableBytes { recv(source, $0.baseAddress, $0.count, 0) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                guard (try? await Readiness.shared.readable(source)) != nil else { return }
                continue
            }
            guard count > 0, await write(buffer[..<count], to: target) else { return }
        }
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to target: Int32) async -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                guard (try? await Readiness.shared.writable(target)) != nil else { return false }
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
