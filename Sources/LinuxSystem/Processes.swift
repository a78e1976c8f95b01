import CLinux
import Glibc

/// Other processes: their signals, their ends, their identity.
public enum Processes {
    /// A descriptor that stands for the process and becomes readable when it ends (pidfd_open(2)).
    public static func open(_ pid: pid_t) throws(SystemError) -> OwnedDescriptor {
        let fd = sph_pidfd_open(pid)
        guard fd >= 0 else { throw SystemError.last("pidfd_open") }
        return OwnedDescriptor(owning: fd)
    }

    /// kill(2).
    public static func signal(_ pid: pid_t, _ signal: Int32) throws(SystemError) {
        guard Glibc.kill(pid, signal) == 0 else { throw SystemError.last("kill") }
    }

    /// Signals through a pidfd: never the wrong process.
    public static func signal(pidfd: borrowing OwnedDescriptor, _ signal: Int32) throws(SystemError) {
        guard sph_pidfd_send_signal(pidfd.rawValue, signal) == 0 else { throw SystemError.last("pidfd_send_signal") }
    }

    /// Collects a child that has ended: its exit code, 128+n for signal n; `nil` while it runs. Does not block.
    public static func reap(pidfd: borrowing OwnedDescriptor) throws(SystemError) -> Int32? {
        var code: Int32 = 0
        let answer = sph_pidfd_reap(pidfd.rawValue, &code)
        guard answer >= 0 else { throw SystemError.last("waitid") }
        return answer == 0 ? nil : code
    }

    /// Waits until a child has ended and collects it: its exit code, 128+n for signal n (waitpid(2)).
    public static func reap(_ pid: pid_t) throws(SystemError) -> Int32 {
        var status: Int32 = 0
        let answer = retrying { waitpid(pid, &status, 0) }
        guard answer == pid else { throw SystemError.last("waitpid") }
        return exitCode(status)
    }

    /// The same for a child that has ended already; `nil` while it runs. Does not block.
    public static func reapEnded(_ pid: pid_t) throws(SystemError) -> Int32? {
        var status: Int32 = 0
        let answer = retrying { waitpid(pid, &status, WNOHANG) }
        if answer == 0 { return nil }
        guard answer == pid else { throw SystemError.last("waitpid") }
        return exitCode(status)
    }

    private static func exitCode(_ status: Int32) -> Int32 {
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    /// When the process started, in clock ticks since boot (field 22 of proc_pid_stat(5)): together with the number
    /// it names a process for good. `nil` when there is none.
    public static func startTicks(_ pid: pid_t) -> UInt64? { start(pid)?.ticks }

    /// As `startTicks`, but `nil` also for a process that has ended and only waits to be reaped.
    public static func livingStartTicks(_ pid: pid_t) -> UInt64? {
        guard let start = start(pid), !start.hasEnded else { return nil }
        return start.ticks
    }

    private static func start(_ pid: pid_t) -> (ticks: UInt64, hasEnded: Bool)? {
        guard let text = try? Files.readText("/proc/\(pid)/stat", limit: 8192),
            // The name in parentheses may itself hold parentheses and spaces.
            let end = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[end...].dropFirst(2).split(separator: " ")
        guard fields.count > 19, let ticks = UInt64(fields[19]) else { return nil }
        return (ticks, fields[0] == "Z" || fields[0] == "X")
    }
}
