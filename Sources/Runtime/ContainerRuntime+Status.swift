import CMonitorWire
import Engine
import Glibc
import LinuxSystem

extension ContainerRuntime {
    /// What the container with this state directory does now, by its `status` file and its monitor's lock.
    /// Costs one small read, and a look at the lock only while it says to be alive.
    /// - Throws: `.corrupted` when the file is not a status, `.system` when it cannot be read.
    public static func status(directory: String) throws(EngineError) -> MonitorStatus {
        do throws(SystemError) {
            guard let first = try readStatus(directory) else {
                let monitor = try RecordLock.holder(of: directory + "/lock")
                return monitor.map { .starting(monitorPID: $0) } ?? .absent
            }
            if isFinal(first) { return try decode(first, monitor: nil, directory: directory) }
            if let monitor = try RecordLock.holder(of: directory + "/lock") {
                return try decode(first, monitor: monitor, directory: directory)
            }
            // No monitor: it was killed, or it came to its end between the two looks and has written so.
            let second = try readStatus(directory) ?? first
            return try decode(second, monitor: nil, directory: directory)
        } catch {
            let isDamaged = error.number == EBADMSG
            throw EngineError(
                isDamaged ? .corrupted : .system, "cannot read the container's status in \(directory)",
                cause: isDamaged ? nil : error)
        }
    }

    private static func isFinal(_ status: sph_status) -> Bool {
        status.phase == SPH_PHASE_EXITED.rawValue || status.phase == SPH_PHASE_FAILED.rawValue
    }

    /// `nil` when there is no status; EBADMSG when it is malformed.
    private static func readStatus(_ directory: String) throws(SystemError) -> sph_status? {
        let path = directory + "/status"
        do throws(SystemError) {
            return try decodeStatus(try Files.read(path, limit: 4096), path)
        } catch {
            if error.number == ENOENT { return nil }
            throw error
        }
    }

    static func decodeStatus(_ bytes: [UInt8], _ path: String) throws(SystemError) -> sph_status {
        guard bytes.count >= MemoryLayout<sph_status>.size else { throw SystemError(EBADMSG, "read", path) }
        let status = bytes.withUnsafeBytes { $0.loadUnaligned(as: sph_status.self) }
        guard status.magic == SPH_STATUS_MAGIC, status.version == SPH_WIRE_VERSION else {
            throw SystemError(EBADMSG, "read", path)
        }
        return status
    }

    private static func decode(
        _ status: sph_status, monitor: pid_t?, directory: String
    ) throws(SystemError) -> MonitorStatus {
        let error = status.error != 0 ? startError(status, directory) : nil
        guard let decoded = MonitorStatus(status, monitor: monitor, error: error) else {
            throw SystemError(EBADMSG, "read", directory + "/status")
        }
        return decoded
    }

    private static func startError(_ status: sph_status, _ directory: String) -> EngineError {
        if let failure = PlanReader.stageFailure(status.error_op, error: status.error) { return failure }
        let plan = (try? Files.read(directory + "/plan")).flatMap { PlanReader($0) }
        return plan?.failure(step: status.error_op, error: status.error)
            ?? EngineError(.system, "cannot start the container: \(SystemError.words(status.error))")
    }
}

extension MonitorStatus {
    /// Reads a status, given who holds the lock; `nil` when the phase is none.
    init?(_ status: sph_status, monitor: Int32?, error: EngineError?) {
        let started = status.started_at == 0 ? nil : Timestamp(nanoseconds: status.started_at)
        let life = Life(
            pid: status.pid, startTicks: status.pid_start_ticks,
            startedAt: started ?? Timestamp(nanoseconds: 0), monitorPID: monitor ?? 0,
            restartCount: Int(status.restart_count), health: ContainerHealth(wire: status.health))
        let end = End(
            exit: ContainerState.Exit(
                code: status.exit_code, signal: status.exit_signal == 0 ? nil : status.exit_signal,
                oomKilled: status.flags & UInt32(SPH_STATUS_OOM_KILLED.rawValue) != 0, startedAt: started,
                finishedAt: Timestamp(nanoseconds: status.finished_at), error: error?.description),
            restartCount: Int(status.restart_count),
            wasStopped: status.flags & UInt32(SPH_STATUS_STOPPED.rawValue) != 0,
            health: ContainerHealth(wire: status.health))
        let killed = MonitorStatus.monitorKilled(
            pid: status.pid > 0 ? status.pid : nil, startTicks: status.pid_start_ticks, startedAt: started,
            restartCount: Int(status.restart_count))
        switch sph_phase(status.phase) {
        case SPH_PHASE_STARTING: self = monitor.map { .starting(monitorPID: $0) } ?? killed
        case SPH_PHASE_RUNNING: self = monitor == nil ? killed : .running(life)
        case SPH_PHASE_PAUSED: self = monitor == nil ? killed : .paused(life)
        case SPH_PHASE_RESTARTING: self = monitor.map { .restarting(last: end, monitorPID: $0) } ?? killed
        case SPH_PHASE_EXITED: self = .exited(end)
        case SPH_PHASE_FAILED: self = .failed(end)
        default: return nil
        }
    }
}
