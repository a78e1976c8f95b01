import Engine
import Glibc
import LinuxSystem

/// Stays with a container's process until it ends: signals go on to it, and its terminal is this one's.
final class OCIForeground {
    /// All that a program may be told, less what is meant for this process itself.
    private static let passedOn: [Int32] = [
        SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGCONT, SIGTSTP, SIGTTIN, SIGTTOU, SIGPWR,
        SIGVTALRM, SIGPROF, SIGIO,
    ]

    private let signals: SignalPipe
    private var terminal: RawTerminal?
    /// The pseudo-terminal's master; -1 without one, or when it has ended.
    private var master: Int32 = -1
    private var inputIsOpen = true

    /// Takes signals over, before the process is made: none may be lost between.
    init() throws(EngineError) {
        do { signals = try SignalPipe(Self.passedOn + [SIGCHLD, SIGWINCH]) } catch {
            throw EngineError(.system, "cannot watch for signals", cause: error)
        }
    }

    deinit {
        terminal?.restore()
        if master >= 0 { close(master) }
    }

    /// Takes the master of the process's terminal, which is only lent.
    func take(master lent: Int32) throws {
        let own = fcntl(lent, F_DUPFD_CLOEXEC, 3)
        guard own >= 0 else { throw SystemError.last("dup") }
        master = own
        passSizeOn()
        if RawTerminal.isInput { terminal = try RawTerminal() }
    }

    /// Waits for the process's end.
    /// - Returns: its exit code, 128+n for signal n.
    func wait(for pid: Int32) -> Int32 {
        while true {
            if let code = Self.reap(pid) {
                drain()
                return code
            }
            var pollers = [
                pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: master, events: Int16(POLLIN), revents: 0),
                pollfd(fd: master >= 0 && inputIsOpen ? 0 : -1, events: Int16(POLLIN), revents: 0),
            ]
            _ = poll(&pollers, 3, -1)
            if pollers[0].revents != 0 { for signal in signals.taken() { handle(signal, pid) } }
            if pollers[1].revents != 0 { passOutputOn() }
            if pollers[2].revents != 0 { passInputOn() }
        }
    }

    private func handle(_ signal: Int32, _ pid: Int32) {
        switch signal {
        case SIGCHLD: break
        case SIGWINCH where master >= 0: passSizeOn()
        // Not waited for yet, so the number is still its own.
        default: kill(pid, signal)
        }
    }

    private func passSizeOn() {
        var size = winsize()
        guard ioctl(0, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return }
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    private func passOutputOn() {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let count = read(master, &buffer, buffer.count)
        if count > 0 {
            _ = OCIOutput.write(Array(buffer.prefix(count)))
        } else if count == 0 || errno != EINTR && errno != EAGAIN {
            // EIO: nobody has the terminal open any more.
            close(master)
            master = -1
        }
    }

    private func passInputOn() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(0, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else {
            inputIsOpen = false
            // The program's end of file: what ctrl-d is on a terminal.
            var end: UInt8 = 4
            _ = write(master, &end, 1)
            return
        }
        var done = 0
        while done < count {
            let written = buffer[done..<count].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            done += written
        }
    }

    /// What the program wrote last is still in the terminal.
    private func drain() {
        while master >= 0 {
            var poller = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&poller, 1, 0) > 0 else { return }
            passOutputOn()
        }
    }

    private static func reap(_ pid: Int32) -> Int32? { (try? Processes.reapEnded(pid)) ?? nil }
}
