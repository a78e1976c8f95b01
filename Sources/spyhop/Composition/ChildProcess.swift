import Engine
import Glibc
import LinuxSystem

/// A program that a person asked for, run to its end: with signals as any program meets them, at this one's terminal or apart
/// from it.
enum ChildProcess {
    /// Runs it with this process's standard streams and environment; answers its exit code.
    /// - Throws: `EngineError` `.system` when it cannot be started.
    static func run(_ arguments: [String]) async throws -> Int32 {
        let pid = try start(arguments[0], arguments)
        return try await end(of: pid, named: arguments[0])
    }

    /// Its exit code, when it has ended.
    static func end(of pid: pid_t, named name: String) async throws -> Int32 {
        try await runOnOwnThread {
            do throws(SystemError) { return try Processes.reap(pid) } catch {
                throw EngineError(.system, "cannot wait for \(name): \(error.reason)")
            }
        }
    }

    /// Starts it; the caller reaps it.
    /// - Parameters:
    ///   - environment: `KEY=VALUE`; `nil` is this process's own.
    ///   - output: where standard output and error go, in a session of its own without input; `nil` shares this process's
    ///     standard streams.
    static func start(
        _ path: String, _ arguments: [String], environment: [String]? = nil, output: Int32? = nil
    ) throws(EngineError) -> pid_t {
        var words = arguments.map { strdup($0) } + [nil]
        var variables = (environment ?? []).map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
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
        let session: Int32 = output == nil ? 0 : 0x80
        posix_spawnattr_setflags(
            &attributes, Int16(Int32(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | session))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let output {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_adddup2(&actions, output, 1)
            posix_spawn_file_actions_adddup2(&actions, output, 2)
        }
        var pid: pid_t = 0
        let error =
            environment == nil
            ? posix_spawn(&pid, path, &actions, &attributes, &words, environ)
            : posix_spawn(&pid, path, &actions, &attributes, &words, &variables)
        guard error == 0 else { throw EngineError(.system, "cannot start \(path): \(SystemError.words(error))") }
        return pid
    }
}
