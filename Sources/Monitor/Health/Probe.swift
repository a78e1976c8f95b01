import CLinux
import CMonitorWire

/// One run of the health check. A monitor in a child process carries it out as it would a further process for a person;
/// this one is its client.
final class Probe {
    /// How long a probe that is told to die may take for it.
    private static let mostDying: Int64 = 2_000_000_000

    /// By the clock on the wall, and by the monotonic one.
    let startedAt = monitor_realtime()
    let began = monitor_monotonic()
    private(set) var deadline: Int64
    private(set) var isLate = false
    /// What its program ended with; nil while it runs, and when its monitor ended without a word.
    private(set) var exitCode: Int32?
    private(set) var hasEnded = false

    private var socket: Descriptor
    private var process: Descriptor
    private var report: Descriptor
    private var reader = FrameReader()
    private(set) var output = Text(capacity: Int(SPH_HEALTH_OUTPUT))
    private(set) var isCut = false

    /// Takes over the client's end, the reading end of the report's pipe and the pidfd of the monitor.
    init(socket: Int32, report: Int32, process: Int32, timeout: Int64) {
        self.socket = Descriptor(owning: socket)
        self.report = Descriptor(owning: report)
        self.process = Descriptor(owning: process)
        let (moment, overflow) = began.addingReportingOverflow(timeout)
        deadline = overflow ? Int64.max : moment
    }

    var number: Int32 { socket.number }

    /// Reads what has come, with `buffer` for a moment.
    func read(_ buffer: UnsafeMutableRawBufferPointer) {
        while !hasEnded {
            let count = monitor_receive(socket.number, buffer.baseAddress, buffer.count)
            if count == -Int(EAGAIN) { return }
            guard count > 0 else {
                hasEnded = true
                return
            }
            take(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        while let piece = reader.next(&rest) {
            switch sph_frame_kind(rawValue: piece.kind) {
            case SPH_FRAME_STDOUT, SPH_FRAME_STDERR: keep(piece.bytes)
            case SPH_FRAME_EXITED where piece.isWhole:
                exitCode = reader.number
                hasEnded = true
            default: break
            }
        }
    }

    private func keep(_ bytes: UnsafeRawBufferPointer) {
        let room = Int(SPH_HEALTH_OUTPUT) - output.count
        if bytes.count > room { isCut = true }
        if let start = bytes.baseAddress { output.append(start, count: min(room, bytes.count)) }
    }

    /// The time is over: the program is killed, and has a moment to be gone.
    func expire() {
        guard !isLate else {
            hasEnded = true
            return
        }
        isLate = true
        deadline = monitor_monotonic() + Self.mostDying
        var frame = (sph_frame(kind: SPH_FRAME_SIGNAL.rawValue, length: 4), SIGKILL)
        _ = monitor_send(socket.number, &frame, MemoryLayout<sph_frame>.size + 4)
    }

    /// Why its program never ran: an errno; 0 when it did.
    var failure: Int32 {
        var found = sph_report()
        let size = MemoryLayout<sph_report>.size
        guard monitor_read(report.number, &found, size) == size else { return 0 }
        return found.error
    }

    /// Ends its monitor and with it whatever is left of its program.
    func clear() {
        socket.close()
        _ = monitor_pidfd_signal(process.number, SIGKILL)
        var code: Int32 = 0
        var killed: Int32 = 0
        _ = monitor_reap(process.number, &code, &killed)
        process.close()
    }
}
