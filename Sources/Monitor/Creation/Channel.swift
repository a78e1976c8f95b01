import CLinux
import CMonitorWire

/// The launcher's end of a creation: it is told of stages, answers each, and learns at last how it went.
struct Channel {
    let socket: Int32

    /// Tells of a stage and waits for the answer; false when the launcher gives the container up or is gone.
    func ask(_ stage: sph_stage, pid: Int32, descriptor: Int32 = -1) -> Bool {
        var report = sph_report()
        report.op_index = stage.rawValue
        report.pid = pid
        let size = MemoryLayout<sph_report>.size
        let sent =
            descriptor >= 0
            ? monitor_send_with(socket, &report, size, descriptor) : monitor_send(socket, &report, size)
        var answer: UInt8 = 1
        return sent == size && monitor_receive(socket, &answer, 1) == 1 && answer == 0
    }

    func succeed(pid: Int32) {
        var report = sph_report()
        report.pid = pid
        report.started_at = monitor_realtime()
        _ = monitor_send(socket, &report, MemoryLayout<sph_report>.size)
    }

    /// - Parameter pid: a process that was made and killed, for its parent to reap; 0: none.
    func fail(_ failure: StartFailure, pid: Int32) {
        var report = sph_report()
        report.op_index = failure.place
        report.error = failure.code
        report.pid = pid
        _ = monitor_send(socket, &report, MemoryLayout<sph_report>.size)
    }
}
