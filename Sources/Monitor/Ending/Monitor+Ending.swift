import CLinux
import CMonitorWire

extension Monitor {
    /// The container's first process has ended: what it left is taken in, then it starts again or all is over.
    func processEnded() {
        var code: Int32 = 0
        var killed: Int32 = 0
        guard monitor_reap(process.number, &code, &killed) == 0 else { return }
        endHealth()
        drain()
        closeStreams()
        killAt = nil
        let now = monitor_realtime()
        log.finish(at: now)
        statusFile.status.exit_code = killed != 0 ? 128 + code : code
        statusFile.status.exit_signal = killed != 0 ? code : 0
        statusFile.status.finished_at = now
        if cgroups.outOfMemoryKills > killsBefore {
            statusFile.status.flags |= SPH_STATUS_OOM_KILLED.rawValue
            if !isExec { events.append("oom") }
        }
        // With a pid namespace the kernel has killed everything already.
        if !isExec, plan.header.clone_flags & MONITOR_NEW_PID_SPACE == 0 { cgroups.killAll() }
        events.append(isExec ? "exec_die" : "die", "exitCode", statusFile.status.exit_code)
        if let pause = pauseBeforeRestart { waitForRestart(pause) } else { finish() }
    }

    private var pauseBeforeRestart: Int64? {
        guard !isExec, !isShuttingDown, statusFile.status.flags & SPH_STATUS_STOPPED.rawValue == 0 else { return nil }
        return rule.pause(
            afterExit: statusFile.status.exit_code, running: monitor_monotonic() - startedAt)
    }

    private func waitForRestart(_ pause: Int64) {
        mounts.close()
        network?.disconnect()
        phase = .restarting(until: monitor_monotonic() + pause)
        statusFile.status.phase = SPH_PHASE_RESTARTING.rawValue
        statusFile.status.pid = 0
        writeStatus()
        tellExit()
    }

    private func tellExit() {
        var message = (
            statusFile.status.exit_code, statusFile.status.exit_signal, Int32(bitPattern: statusFile.status.flags)
        )
        for client in clients where client.awaitsExit || client.wantsOutput {
            client.awaitsExit = false
            client.send(SPH_FRAME_EXITED, &message, 12)
        }
    }

    /// The container did not start, now or at a restart.
    func fail(_ failure: StartFailure) -> Never {
        let first = statusFile.status.restart_count == 0
        statusFile.status.pid = 0
        statusFile.status.exit_code = ExitCode.of(failure, in: plan)
        statusFile.status.exit_signal = 0
        statusFile.status.error_op = failure.place
        statusFile.status.error = failure.code
        statusFile.status.finished_at = monitor_realtime()
        // Whoever holds the lock writes the status and owns the cgroups and the socket.
        if failure.place != SPH_STAGE_LOCK.rawValue {
            release(first ? SPH_PHASE_FAILED : SPH_PHASE_EXITED)
        }
        let isTold = report.fail(failure)
        // At the first start the caller removes the container, if it lived to read the report.
        sayGoodbye(removing: !first || !isTold)
    }

    /// The container has ended for good.
    func finish() -> Never {
        if isStopRequested, !isExec { events.append("stop") }
        statusFile.status.pid = 0
        release(SPH_PHASE_EXITED)
        sayGoodbye(removing: true)
    }

    /// Gives up what others can see: a client that has read EXITED finds the final status, no cgroup and no socket.
    private func release(_ last: sph_phase) {
        phase = .ended
        network?.release()
        if !isExec { cgroups.remove() }
        if listener.isOpen {
            _ = monitor_unlink(AT_FDCWD, plan.string(plan.header.socket_path))
            listener.close()
        }
        statusFile.status.phase = last.rawValue
        writeStatus(forGood: !plan.has(SPH_PLAN_AUTO_REMOVE))
    }

    private func sayGoodbye(removing: Bool) -> Never {
        for client in clients where client.awaitsStop { client.acknowledge(0) }
        for client in clients where client.has(SPH_HELLO_LEASH) { mounts.close() }
        tellExit()
        // Slow, hence only now; and the lock is kept for it, so that a next monitor does not mount over the same
        // directories too early, nor find interfaces of the same names.
        network?.dissolve()
        mounts.close()
        lock.close()
        deliver()
        var hasOwner = false
        for client in clients where client.has(SPH_HELLO_OWNER) && !client.isGone { hasOwner = true }
        if removing, !hasOwner, plan.has(SPH_PLAN_AUTO_REMOVE) { startExitCommand() }
        monitor_exit(0)
    }

    /// Sends what clients have not taken yet: to an owner as long as it stays, to others for two seconds.
    private func deliver() {
        let end = monitor_monotonic() + 2_000_000_000
        withUnsafeTemporaryAllocation(of: monitor_event.self, capacity: 16) { ready in
            while true {
                for client in clients where client.waiting > 0 && !client.isGone { client.flush() }
                sweep()
                let now = monitor_monotonic()
                var timeout: Int32 = 0
                for client in clients where client.waiting > 0 {
                    if client.isOwner { timeout = 1000 }
                    if now < end { timeout = max(timeout, 100) }
                }
                guard timeout > 0 else { return }
                let count = monitor_epoll_wait(epoll.number, ready.baseAddress, 16, timeout)
                for index in 0..<max(0, Int(count)) where ready[index].tag >> 32 == Source.client.rawValue {
                    discardInput(Int32(truncatingIfNeeded: ready[index].tag & 0xffff_ffff), ready[index].events)
                }
            }
        }
    }

    /// What clients still send has no reader; only the end of their connection matters.
    private func discardInput(_ descriptor: Int32, _ ready: UInt32) {
        guard ready & ~MONITOR_WRITABLE != 0 else { return }
        for client in clients where client.socket.number == descriptor {
            let count = monitor_receive(descriptor, scratch.baseAddress, scratch.count)
            if count == 0 || (count < 0 && count != -Int(EAGAIN)) { client.isGone = true }
        }
    }

    private func startExitCommand() {
        let arguments = plan.list(plan.header.exit_command)
        guard let program = arguments[0], monitor_fork() == 0 else { return }
        _ = monitor_setsid()
        monitor_default_signals()
        monitor_unblock_signals()
        _ = monitor_close_range(3, UInt32.max, 0)
        _ = monitor_execute(program, arguments, monitor_environment())
        monitor_exit(127)
    }
}
