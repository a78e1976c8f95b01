import CLinux
import CMonitorWire

/// The pipe on which the caller learns, once, whether the container's program runs.
struct Report {
    private var descriptor: Int32

    /// -1: nobody listens.
    init(descriptor: Int32) { self.descriptor = descriptor }

    var isOpen: Bool { descriptor >= 0 }

    mutating func succeed(pid: Int32, at time: Int64) {
        var report = sph_report()
        report.pid = pid
        report.started_at = time
        send(&report)
    }

    mutating func fail(_ failure: StartFailure) {
        var report = sph_report()
        report.op_index = failure.place
        report.error = failure.code
        send(&report)
    }

    private mutating func send(_ report: inout sph_report) {
        guard descriptor >= 0 else { return }
        // A caller that has gone away does not want to know any more.
        _ = monitor_write(descriptor, &report, MemoryLayout<sph_report>.size)
        _ = monitor_close(descriptor)
        descriptor = -1
    }
}
