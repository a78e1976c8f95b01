import Engine
import Glibc
import LinuxSystem

/// A program that a person asked for, run to its end: with signals as any program meets them, at this one's terminal or apart
/// from it.
enum ChildProcess {
    /// Runs it with this process's standard streams and environment; answers its exit code.
    ///
    /// A signal that asks this process to end meanwhile is handed on first, so that the terminal is free again when this
    /// process comes to obey it.
    /// - Throws: `EngineError` `.system` when it cannot be started.
    static func run(_ arguments: [String]) async throws -> Int32 {
        let (code, signal) = try await runPassingSignals(arguments)
        if let signal { raise(again: signal) }
        return code
    }

    /// Lets this process meet a signal that was taken in its place.
    static func raise(again signal: Int32) { kill(getpid(), signal) }

    /// Its exit code, and the last signal that was handed on.
    private static func runPassingSignals(_ arguments: [String]) async throws -> (Int32, Int32?) {
        // Before the program is there, so that no signal gets lost and no program is left without its parent's ear.
        let signals = try SignalPipe([SIGTERM, SIGHUP])
        let pid = try start(arguments[0], arguments)
        return try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask { .exited(try await end(of: pid, named: arguments[0])) }
            group.addTask { .passed(await pass(signals, to: pid)) }
            var (code, signal): (Int32, Int32?) = (0, nil)
            while let ending = try await group.next() {
                switch ending {
                case .exited(let exit):
                    code = exit
                    group.cancelAll()
                case .passed(let last): signal = last
                }
            }
            return (code, signal)
        }
    }

    private enum Ending {
        case exited(Int32)
        case passed(Int32?)
    }

    /// Hands signals on until its task is cancelled; answers the last of them.
    private static func pass(_ signals: SignalPipe, to pid: pid_t) async -> Int32? {
        var last: Int32?
        while let signal = try? await signals.next().last {
            last = signal
            kill(pid, signal)
        }
        return last
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
