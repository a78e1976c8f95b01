import Engine
import Glibc
import LinuxSystem

/// Standard output or error: everything is written, and waiting for a slow reader holds no thread of the pool.
enum StandardStream: Int32, Sendable {
    case output = 1
    case error = 2

    /// The reader of an output has gone; the command ends quietly, as one killed by SIGPIPE would.
    struct Closed: Error {}

    /// What a pipe that is ready takes without blocking (PIPE_BUF).
    private static let step = 4096

    /// Writes all of `bytes`.
    /// - Throws: `Closed`, or `EngineError` `.system`.
    func write(_ bytes: some Collection<UInt8> & Sendable) async throws {
        let bytes = ContiguousArray(bytes)
        var done = 0
        while done < bytes.count {
            var state = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
            if poll(&state, 1, 0) == 0 {
                try await Readiness.shared.writable(rawValue)
                continue
            }
            let from = done
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(
                    rawValue, buffer.baseAddress.map { $0 + from }, min(Self.step, buffer.count - from))
            }
            if count >= 0 {
                done += count
            } else if errno == EPIPE {
                throw Closed()
            } else if errno != EINTR && errno != EAGAIN {
                let stream = self == .output ? "output" : "error"
                throw EngineError(.system, "cannot write standard \(stream): \(SystemError.words(errno))")
            }
        }
    }

    /// Writes text.
    func write(_ text: String) async throws { try await write(Array(text.utf8)) }

    /// Whether the reader at the other end has gone.
    var isClosed: Bool {
        var state = pollfd(fd: rawValue, events: 0, revents: 0)
        return poll(&state, 1, 0) > 0 && state.revents & Int16(POLLERR) != 0
    }

    /// Whether the stream is a terminal.
    var isTerminal: Bool { isatty(rawValue) == 1 }
}
