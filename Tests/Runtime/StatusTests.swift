import CMonitorWire
import Engine
import LinuxSystem
import Testing

@testable import Runtime

@Suite struct StatusTests {
    private func status(_ phase: sph_phase) -> sph_status {
        var status = sph_status()
        status.magic = SPH_STATUS_MAGIC
        status.version = SPH_WIRE_VERSION
        status.phase = phase.rawValue
        status.pid = 77
        status.started_at = 5
        status.finished_at = 9
        return status
    }

    private func read(_ status: sph_status, _ check: (String) throws -> Void) throws {
        let directory = "/tmp/spyhop-status-\(UInt32.random(in: 0 ... .max))"
        try Files.makeDirectories(directory)
        defer { try? Files.removeTree(directory) }
        try Files.writeAtomically(withUnsafeBytes(of: status) { Array($0) }, to: directory + "/status")
        try check(directory)
    }

    @Test func nothingThereIsAbsent() throws {
        #expect(try ContainerRuntime.status(directory: "/tmp/spyhop-no-such-directory") == .absent)
        #expect(MonitorStatus.absent.state(observedAt: Timestamp(seconds: 1)) == .created)
    }

    @Test func anEndIsBelievedWithoutAMonitor() throws {
        var ended = status(SPH_PHASE_EXITED)
        ended.exit_code = 137
        ended.exit_signal = 9
        ended.flags = UInt32(SPH_STATUS_OOM_KILLED.rawValue)
        ended.restart_count = 4
        try read(ended) { directory in
            let found = try ContainerRuntime.status(directory: directory)
            guard case .exited(let end) = found else { throw EngineError(.corrupted, "\(found)") }
            #expect(end.exit.code == 137 && end.exit.signal == 9 && end.exit.oomKilled && end.restartCount == 4)
            #expect(end.exit.startedAt == Timestamp(nanoseconds: 5))
            #expect(end.exit.finishedAt == Timestamp(nanoseconds: 9))
            #expect(!end.wasStopped && !found.hasMonitor)
        }
    }

    @Test(arguments: [SPH_PHASE_STARTING, SPH_PHASE_RUNNING, SPH_PHASE_PAUSED, SPH_PHASE_RESTARTING])
    func aLivePhaseWithoutALockMeansThatTheMonitorWasKilled(phase: sph_phase) throws {
        try read(status(phase)) { directory in
            let found = try ContainerRuntime.status(directory: directory)
            guard case .monitorKilled(let pid, _, _, _) = found else { throw EngineError(.corrupted, "\(found)") }
            #expect(pid == 77)
            #expect(found.state(observedAt: Timestamp(seconds: 1)).exit?.code == 137)
        }
    }

    @Test func aLivePhaseIsReadWithItsMonitor() {
        #expect(MonitorStatus(status(SPH_PHASE_RUNNING), monitor: 12, error: nil)?.monitorPID == 12)
        #expect(
            MonitorStatus(status(SPH_PHASE_PAUSED), monitor: 12, error: nil)?.state(observedAt: .init(seconds: 1)).pid
                == 77)
        #expect(MonitorStatus(status(sph_phase(99)), monitor: 12, error: nil) == nil)
    }

    @Test func damageIsTold() throws {
        var damaged = status(SPH_PHASE_EXITED)
        damaged.magic = 1
        try read(damaged) { directory in
            let error = #expect(throws: EngineError.self) { _ = try ContainerRuntime.status(directory: directory) }
            #expect(error?.code == .corrupted)
        }
    }

    @Test func aFailureIsToldInWordsFromThePlan() throws {
        var failed = status(SPH_PHASE_FAILED)
        failed.exit_code = 127
        failed.error = 2
        var writer = PlanWriter(mode: SPH_MODE_RUN)
        writer.add(SPH_OP_MOUNT, s1: writer.string("proc"), s2: writer.string("/proc"), s3: writer.string("proc"))
        writer.add(SPH_OP_EXEC, s1: writer.list(["nosuch"]))
        let plan = try writer.encoded()
        failed.error_op = 1
        try read(failed) { directory in
            try Files.writeAtomically(plan, to: directory + "/plan")
            guard case .failed(let end) = try ContainerRuntime.status(directory: directory) else {
                throw EngineError(.corrupted, "not failed")
            }
            #expect(end.exit.error == "cannot execute 'nosuch': not found in PATH")
        }
        let reader = try #require(PlanReader(plan))
        #expect(reader.failure(step: 0, error: 13).message == "cannot mount proc on /proc: Permission denied")
        #expect(reader.failure(step: 1, error: 13).code == .commandNotExecutable)
        #expect(reader.failure(step: 1, error: 2).code == .commandNotFound)
        #expect(reader.failure(step: SPH_STAGE_LOCK.rawValue, error: 11).code == .conflict)
    }
}
