import Glibc

/// A program that was started by a test: its process identifier and what became of it.
package final class Child {
    package let pid: pid_t
    private var status: Int32?

    /// Starts `arguments[0]` with exactly the descriptors that `actions` sets up; `newSession` makes it a session leader,
    /// so that the first terminal it opens becomes its controlling terminal.
    package init(
        _ arguments: [String], environment: [String], newSession: Bool = false,
        actions prepare: (inout posix_spawn_file_actions_t) -> Void
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        prepare(&actions)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigfillset(&defaults)
        sigdelset(&defaults, SIGKILL)
        sigdelset(&defaults, SIGSTOP)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        let flags = Int32(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | (newSession ? Int32(0x80) : 0)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var child: pid_t = 0
        let error = posix_spawn(&child, arguments[0], &actions, &attributes, &argv, &envp)
        guard error == 0 else { throw HarnessError("cannot start \(arguments): \(String(cString: strerror(error)))") }
        pid = child
    }

    /// Waits for the end; the exit code, or 128 and the signal.
    @discardableResult
    package func wait() -> Int32 {
        if let status { return status }
        var raw: Int32 = 0
        while waitpid(pid, &raw, 0) < 0 && errno == EINTR {}
        let signal = raw & 0x7f
        let code = signal == 0 ? (raw >> 8) & 0xff : 128 + signal
        status = code
        return code
    }

    /// The exit code when it has ended, without waiting.
    package func poll() -> Int32? {
        if let status { return status }
        var information = siginfo_t()
        guard waitid(P_PID, id_t(pid), &information, Int32(WEXITED | WNOHANG | WNOWAIT)) == 0,
            information.si_signo != 0
        else { return nil }
        return wait()
    }

    /// The exit code of what ends in time; what does not is killed.
    package func wait(seconds: Int) throws -> Int32 {
        for _ in 0..<(seconds * 1000) {
            if let code = poll() { return code }
            usleep(1000)
        }
        signal(SIGKILL)
        wait()
        throw HarnessError("did not end within \(seconds) s")
    }

    package func signal(_ number: Int32) {
        if status == nil { kill(pid, number) }
    }
}
