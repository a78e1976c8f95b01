import CMonitorWire
import Engine
import Glibc
import LinuxSystem

extension ContainerRuntime {
    /// Spawns a monitor with a plan and waits for its report. Takes over the plan's descriptor; `passed` are lent.
    func launch(
        _ plan: Int32, attachment: Attachment?, passed: [Int32] = []
    ) async throws -> (report: sph_report, session: MonitorSession?) {
        let started: (report: Int32, session: MonitorSession?, program: Int32)
        do throws(SystemError) { started = try startMonitor(OwnedDescriptor(owning: plan), attachment, passed) } catch {
            throw EngineError(
                .system, "cannot start the monitor \(monitorPath)",
                hint: error.number == ENOENT ? "spyhop-monitor belongs beside spyhop" : nil, cause: error)
        }
        // The last to let go of a detached mount waits for all processors: that is done while the container runs.
        defer { if started.program >= 0 { close(started.program) } }
        return (try await receiveReport(OwnedDescriptor(owning: started.report)), started.session)
    }

    /// The monitor's ends of pipe and socket are closed here on return: then an end of file means that it has ended.
    private func startMonitor(
        _ plan: consuming OwnedDescriptor, _ attachment: Attachment?, _ passed: [Int32]
    ) throws(SystemError) -> (report: Int32, session: MonitorSession?, program: Int32) {
        let ends = try Pipe().take()
        let report = OwnedDescriptor(owning: ends.read)
        let reportTarget = OwnedDescriptor(owning: ends.write)
        var descriptors = [
            Int32(SPH_FD_PLAN.rawValue): plan.rawValue, Int32(SPH_FD_REPORT.rawValue): reportTarget.rawValue,
        ]
        for (index, descriptor) in passed.enumerated() {
            descriptors[Int32(SPH_FD_PASSED.rawValue) + Int32(clamping: index)] = descriptor
        }
        guard let attachment else {
            let program = try spawn(descriptors)
            return (report.take(), nil, program)
        }
        let sockets = try Pipe.sockets().take()
        let own = OwnedDescriptor(owning: sockets.read)
        let client = OwnedDescriptor(owning: sockets.write)
        // The greeting lies in the socket before the monitor exists: no byte of output can come before it.
        try own.writeAll(Frame(SPH_FRAME_HELLO, numbers: [Int32(bitPattern: attachment.rawValue)]).encoded)
        descriptors[Int32(SPH_FD_CLIENT.rawValue)] = client.rawValue
        let session = MonitorSession(try FrameConnection(own))
        let program = try spawn(descriptors)
        return (report.take(), session, program)
    }

    /// - Returns: the program's mount, to be closed when the monitor runs; -1 without one.
    private func spawn(_ descriptors: [Int32: Int32]) throws(SystemError) -> Int32 {
        let program = try MonitorProgram(path: monitorPath).start(descriptors)
        MonitorReaper.watch(program.pid)
        return program.mount
    }

    /// A start takes milliseconds: for that long the thread itself waits, which spares two changes of threads; a
    /// program on a slow disk is awaited by the readiness loop.
    private func receiveReport(_ pipe: borrowing OwnedDescriptor) async throws -> sph_report {
        var poller = pollfd(fd: pipe.rawValue, events: Int16(POLLIN), revents: 0)
        if poll(&poller, 1, 20) == 0 { try await Readiness.shared.readable(pipe.rawValue) }
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try pipe.readAll(limit: 4096) } catch {
            throw EngineError(.system, "cannot read the monitor's report", cause: error)
        }
        guard bytes.count >= MemoryLayout<sph_report>.size else {
            throw EngineError(
                .system, "the monitor ended without a report", hint: "is \(monitorPath) of this version of spyhop?")
        }
        return bytes.withUnsafeBytes { $0.loadUnaligned(as: sph_report.self) }
    }
}

/// Collects monitors that end while this process lives. Monitors are its children, and a second fork only to be rid
/// of them would cost every start; a pidfd in the readiness loop costs a few microseconds, and when this process ends
/// first, init inherits them.
enum MonitorReaper {
    static func watch(_ pid: pid_t) {
        guard let pidfd = try? Processes.open(pid).take() else { return }
        watch(pidfd: pidfd)
    }

    private static func watch(pidfd: Int32) {
        Readiness.shared.whenReadable(pidfd) {
            let process = OwnedDescriptor(owning: pidfd)
            // A wake-up may come for nothing.
            if (try? Processes.reap(pidfd: process)) == .some(nil) { watch(pidfd: process.take()) }
        }
    }
}
