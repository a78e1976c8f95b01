import Glibc
import Synchronization

/// A program at whose standard input and output somebody speaks HTTP.
final class ProgramGuest: Sendable {
    private struct State {
        var socket: Int32?
        var errors: Int32
        var pid: pid_t?
    }

    private let state: Mutex<State>

    /// Starts it. Its standard error is kept for the case that it fails.
    /// - Throws: `HTTPFailure.noRoute` when it cannot be started.
    init(_ words: [String]) throws(HTTPFailure) {
        let name = words.joined(separator: " ")
        var pair: [Int32] = [-1, -1]
        var pipes: [Int32] = [-1, -1]
        guard let program = words.first else { throw .noRoute(name, reason: "no program is named") }
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
            throw .noRoute(name, reason: String(cString: strerror(errno)))
        }
        guard pipe(&pipes) == 0 else {
            let reason = String(cString: strerror(errno))
            pair.forEach { _ = close($0) }
            throw .noRoute(name, reason: reason)
        }
        // Between the two calls nobody starts a program who would be harmed by our pipe.
        pipes.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(pipes[0], F_SETFL, O_NONBLOCK)
        defer {
            _ = close(pair[1])
            _ = close(pipes[1])
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pair[1], 0)
        posix_spawn_file_actions_adddup2(&actions, pair[1], 1)
        posix_spawn_file_actions_adddup2(&actions, pipes[1], 2)
        var pid: pid_t = 0
        var arguments = words.map { strdup($0) }
        arguments.append(nil)
        defer { arguments.forEach { free($0) } }
        let failed = posix_spawnp(&pid, program, &actions, nil, arguments, environ)
        guard failed == 0 else {
            _ = close(pair[0])
            _ = close(pipes[0])
            throw .noRoute(name, reason: "\(program) cannot be started: \(String(cString: strerror(failed)))")
        }
        state = Mutex(State(socket: pair[0], errors: pipes[0], pid: pid))
    }

    deinit {
        state.withLock { state in
            if let socket = state.socket { _ = close(socket) }
            _ = close(state.errors)
            guard let pid = state.pid else { return }
            kill(pid, SIGTERM)
            // It ends by itself when its input closes, mostly before it is asked to; whoever it was is not to stay a zombie.
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == 0 { ProgramGuest.leave(pid) }
        }
    }

    /// Our end of what it speaks with, which belongs to the caller from now on; answers the same only once.
    func takeSocket() throws(HTTPFailure) -> Int32 {
        let socket = state.withLock { state in
            defer { state.socket = nil }
            return state.socket
        }
        guard let socket else { throw .closed }
        return socket
    }

    /// The last line that it has told on standard error, for sentences.
    func lastWords() -> String {
        state.withLock { state in
            var text: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while text.count < 64 << 10 {
                let count = read(state.errors, &buffer, buffer.count)
                guard count > 0 else { break }
                text += buffer[..<count]
            }
            let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
            return lines.suffix(3).joined(separator: "; ")
        }
    }

    /// Waits for a program's end on a thread of its own: nobody else knows that it is there.
    private static func leave(_ pid: pid_t) {
        var thread = pthread_t()
        let argument = UnsafeMutableRawPointer(bitPattern: Int(pid))
        let begun = pthread_create(
            &thread, nil,
            { argument in
                var status: Int32 = 0
                let pid = pid_t(truncatingIfNeeded: Int(bitPattern: argument))
                while waitpid(pid, &status, 0) < 0, errno == EINTR {}
                return nil
            }, argument)
        if begun == 0 { pthread_detach(thread) }
    }
}
