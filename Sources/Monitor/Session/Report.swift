import CLinux
import CMonitorWire

/// The pipe on which the caller learns, once, whether the container's program runs.
struct Report {
    private var descriptor: Int32

    /// -1: nobody listens.
    init(descriptor: Int32) { self.descriptor = descriptor }

    mutating func succeed(pid: Int32, at time: Int64) {
        var report = sph_report()
        report.pid = pid
        report.started_at = time
        send(&report)
    }

    /// Answers whether somebody was there to be told.
    @discardableResult
    mutating func fail(_ failure: StartFailure) -> Bool {
        var report = sph_report()
        report.op_index = failure.place
        report.error = failure.code
        report.op_kind = failure.detail
        return send(&report)
    }

    @discardableResult
    private mutating func send(_ report: inout sph_report) -> Bool {
        guard descriptor >= 0 else { return false }
        let size = MemoryLayout<sph_report>.size
        // A caller that has gone away does not want to know any more.
        let sent = monitor_write(descriptor, &report, size)
        _ = monitor_close(descriptor)
        descriptor = -1
        return sent == size
    }
}
