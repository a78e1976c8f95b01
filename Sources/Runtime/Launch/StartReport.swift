import CMonitorWire
import Engine
import Glibc
import LinuxSystem

/// What a process that waited at its gate left behind when its program did not run although the start had come.
public enum StartReport {
    /// The file beside a gate.
    public static func path(beside gate: String) -> String { gate + ".report" }

    /// Waits until the program runs or the process has ended.
    /// - Parameter gate: the writing end of the fifo, through which the start has gone.
    public static func await(_ gate: borrowing OwnedDescriptor) {
        // Nothing is asked for: the loss of the last reader is always told, as POLLERR.
        var poller = pollfd(fd: gate.rawValue, events: 0, revents: 0)
        while poll(&poller, 1, -1) < 0, errno == EINTR {}
    }

    /// Why the program did not run; `nil` when it did.
    public static func failure(beside gate: String) -> EngineError? {
        guard let bytes = try? Files.read(path(beside: gate), limit: 4096),
            bytes.count == MemoryLayout<sph_report>.size
        else { return nil }
        let report = bytes.withUnsafeBytes { $0.loadUnaligned(as: sph_report.self) }
        let reason = SystemError.words(report.error)
        switch sph_op_kind(report.op_kind) {
        case SPH_OP_HOOK:
            let why = report.error == ECANCELED ? "it ended with a failure" : reason
            return EngineError(.system, "cannot run a startContainer hook: \(why)")
        case SPH_OP_EXEC: return EngineError(.commandNotExecutable, "cannot execute the container's program: \(reason)")
        default: return EngineError(.system, "cannot start the container's program: \(reason)")
        }
    }
}
