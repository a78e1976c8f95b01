import Engine
import Glibc
import LinuxSystem

/// A process by number and start time, which together name it for good.
public struct BundleProcess: Sendable, Hashable, Codable {
    /// Its number on the host.
    public var pid: Int32
    /// When it started, in clock ticks since boot (field 22 of proc_pid_stat(5)).
    public var startTicks: UInt64

    /// Names a process.
    public init(pid: Int32, startTicks: UInt64) {
        self.pid = pid
        self.startTicks = startTicks
    }

    /// The process that has the number now; `nil` when there is none.
    public init?(runningAs pid: Int32) {
        guard let ticks = Processes.startTicks(pid) else { return nil }
        self.init(pid: pid, startTicks: ticks)
    }

    /// It is there and has not ended: a zombie is no more than its exit code.
    public var isAlive: Bool {
        guard pid > 0, let text = try? Files.readText("/proc/\(pid)/stat", limit: 8192) else { return false }
        return Self.isAlive(stat: text, startTicks: startTicks)
    }

    /// Reads proc_pid_stat(5).
    static func isAlive(stat text: String, startTicks: UInt64) -> Bool {
        // The name in parentheses may itself hold parentheses and spaces.
        guard let end = text.lastIndex(of: ")") else { return false }
        let fields = text[end...].dropFirst(2).split(separator: " ")
        guard let state = fields.first, fields.count > 19, UInt64(fields[19]) == startTicks else { return false }
        return state != "Z" && state != "X" && state != "x"
    }

    /// Sends a signal to this very process.
    /// - Returns: `false` when it has ended.
    /// - Throws: `.invalidArgument` for a number that is no signal, `.system` when the kernel refuses.
    func signal(_ number: Int32) throws(EngineError) -> Bool {
        do throws(SystemError) {
            let handle = try Processes.open(pid)
            // Opened first, compared then: the number cannot change hands any more.
            guard isAlive else { return false }
            try Processes.signal(pidfd: handle, number)
            return true
        } catch {
            switch error.number {
            case ESRCH: return false
            case EINVAL: throw EngineError(.invalidArgument, "\(number) is not a signal")
            default: throw EngineError(.system, "cannot send signal \(number) to process \(pid)", cause: error)
            }
        }
    }

    /// Waits for its end.
    /// - Returns: whether it has ended in time.
    func waitForEnd(milliseconds: Int32) -> Bool {
        guard let handle = try? Processes.open(pid) else { return !isAlive }
        let deadline = Clock.monotonic() + Int64(milliseconds) * 1_000_000
        while isAlive {
            let left = (deadline - Clock.monotonic()) / 1_000_000
            guard left > 0 else { return false }
            var poller = pollfd(fd: handle.rawValue, events: Int16(POLLIN), revents: 0)
            _ = poll(&poller, 1, Int32(clamping: left))
        }
        return true
    }
}
