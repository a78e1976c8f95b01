import Engine
import Glibc
import LinuxSystem

/// A program that shares this one's terminal, run to its end.
enum ChildProcess {
    /// Runs it with this process's standard streams and environment; answers its exit code.
    /// - Throws: `EngineError` `.system` when it cannot be started.
    static func run(_ arguments: [String]) async throws -> Int32 {
        let pid = try spawn(arguments)
        return try await runOnOwnThread {
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0 {
                guard errno == EINTR else {
                    throw EngineError(.system, "cannot wait for \(arguments[0]): \(SystemError.words(errno))")
                }
            }
            let signal = status & 0x7f
            return signal == 0 ? (status >> 8) & 0xff : 128 + signal
        }
    }

    private static func spawn(_ arguments: [String]) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The dashboard's screen catches and blocks signals; the child must meet them as any program does.
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        let error = posix_spawn(&pid, arguments[0], nil, &attributes, &words, environ)
        guard error == 0 else {
            throw EngineError(.system, "cannot start \(arguments[0]): \(SystemError.words(error))")
        }
        return pid
    }
}
