import Engine
import Synchronization

/// All terminals that are open, by the numbers of their sessions.
final class ShellPorts: Sendable {
    private struct Content {
        var ports: [Int: ShellPort] = [:]
        var sessions: [Int: ShellEnding] = [:]
    }

    private let content = Mutex(Content())

    /// The port of a session that begins.
    func open(_ id: Int, size: TerminalSize) -> ShellPort {
        let port = ShellPort(size: size)
        content.withLock { $0.ports[id] = port }
        return port
    }

    func port(_ id: Int) -> ShellPort? { content.withLock { $0.ports[id] } }

    /// Remembers how a session is ended, should the dashboard end before it.
    func keep(_ ending: ShellEnding, for id: Int) { content.withLock { $0.sessions[id] = ending } }

    func forget(_ id: Int) {
        let port = content.withLock { content in
            content.sessions[id] = nil
            return content.ports.removeValue(forKey: id)
        }
        port?.finish()
    }

    /// Only these is on the screen; the others' pictures come rarely.
    func show(_ id: Int?) {
        let ports = content.withLock { $0.ports }
        for (number, port) in ports where port.isShown != (number == id) { port.isShown = number == id }
    }

    /// Ends all; answers what is still to end.
    func closeAll() -> [Task<Void, Never>] {
        let endings = content.withLock { Array($0.sessions.values) }
        return endings.map { ending in Task.detached { await ending.end() } }
    }
}

/// Ends a session: a shell of ours is hung up and, when that does not impress it, killed; a container's own process is left.
final class ShellEnding: Sendable {
    private let session: any Session
    private let isOurs: Bool
    private let isBegun = Mutex(false)
    private let hasExited = Mutex(false)

    init(_ session: any Session, isOurs: Bool) {
        self.session = session
        self.isOurs = isOurs
    }

    /// The process has ended by itself.
    func exited() { hasExited.withLock { $0 = true } }

    func end() async {
        let isFirst = isBegun.withLock { isBegun in
            defer { isBegun = true }
            return !isBegun
        }
        if isFirst, isOurs {
            for (signal, patience) in [(Int32(1), 80), (9, 40)] where !hasExited.withLock({ $0 }) {
                try? await session.signal(signal)
                for _ in 0..<patience where !hasExited.withLock({ $0 }) {
                    try? await Task.sleep(for: .milliseconds(25))
                }
            }
        }
        await session.detach()
    }
}
