import CLinux
import CMonitorWire

extension Monitor {
    // MARK: - The container's life

    /// The container's program has begun to run. Called before its status is written.
    func beginHealth() {
        guard !isExec, plan.header.health_plan.length > 0 else { return }
        let health = self.health ?? HealthCheck(plan)
        self.health = health
        health.begin(at: startedAt)
        health.activity = .waiting(until: health.rules.next(after: startedAt))
        recordHealth(health)
    }

    /// The container does not run any more.
    func endHealth() {
        restHealth()
        unwatchHealth()
    }

    /// As docker has it: what is not watched does not count as healthy, until the next success says so.
    func unwatchHealth() {
        guard let health else { return }
        health.rules.end()
        recordHealth(health)
    }

    /// Lets go of a probe that is under way; none follows.
    func restHealth() {
        guard let health else { return }
        if case .probing(let probe) = health.activity { forget(probe) }
        health.activity = .resting
    }

    /// The container goes on after a pause.
    func resumeHealth() {
        guard let health, case .resting = health.activity else { return }
        health.activity = .waiting(until: health.rules.next(after: monitor_monotonic()))
    }

    private func recordHealth(_ health: HealthCheck, isNew: Bool = false) {
        statusFile.status.health = health.rules.state.rawValue
        // Who has read of a probe may look at the state at once.
        if isNew { writeStatus() }
        health.write(in: plan.string(plan.header.directory))
    }

    // MARK: - Probes

    func meetHealthDeadline() {
        guard let health, let deadline = health.deadline, monitor_monotonic() >= deadline else { return }
        switch health.activity {
        case .resting: break
        case .waiting: startProbe(health)
        case .probing(let probe):
            probe.expire()
            if probe.hasEnded { conclude(probe, health) }
        }
    }

    /// A probe that is not due yet is run now; one that is under way already is as good.
    func probeNow() -> Int32 {
        guard let health else { return ENOTSUP }
        switch health.activity {
        case .resting: return ESRCH
        case .probing: return 0
        case .waiting:
            startProbe(health)
            return 0
        }
    }

    func probeReady(_ descriptor: Int32) {
        guard let health, case .probing(let probe) = health.activity, probe.number == descriptor else { return }
        probe.read(scratch)
        if probe.hasEnded { conclude(probe, health) }
    }

    private func startProbe(_ health: HealthCheck) {
        do throws(SystemError) {
            let probe = try spawnProbe()
            add(probe.number, .probe)
            health.activity = .probing(probe)
        } catch {
            take(HealthResult(error: error.code), startedAt: monitor_monotonic(), health)
        }
    }

    private func conclude(_ probe: Probe, _ health: HealthCheck) {
        let result = HealthResult(probe, late: plan.string(plan.header.health_late))
        forget(probe)
        take(result, startedAt: probe.began, health)
    }

    private func take(_ result: HealthResult, startedAt moment: Int64, _ health: HealthCheck) {
        health.keep(result)
        let isNew = health.rules.take(exitCode: result.facts.exit_code, startedAt: moment)
        recordHealth(health, isNew: isNew)
        if isNew {
            events.append(
                health.rules.state == SPH_HEALTH_HEALTHY ? "health_status: healthy" : "health_status: unhealthy")
        }
        health.activity = .waiting(until: health.rules.next(after: monitor_monotonic()))
    }

    private func forget(_ probe: Probe) {
        _ = monitor_epoll_remove(epoll.number, probe.number)
        probe.clear()
    }

    /// Forks: the child is a monitor for the probe's plan. There is one thread here, so the child may do all that this
    /// process may, and needs no second start of the program.
    private func spawnProbe() throws(SystemError) -> Probe {
        var sockets = try Ends(monitor_stream_pair)
        var pipe = try Ends(monitor_pipe)
        var hello = (sph_frame(kind: SPH_FRAME_HELLO.rawValue, length: 4), SPH_HELLO_OUTPUT.rawValue)
        try check(monitor_send(sockets.one.number, &hello, MemoryLayout<sph_frame>.size + 4))
        try check(monitor_nonblocking(sockets.one.number))
        var pidfd: Int32 = -1
        if try check(monitor_clone(0, -1, &pidfd)) == 0 {
            becomeProbe(client: sockets.other.number, report: pipe.other.number)
        }
        return Probe(
            socket: sockets.one.release(), report: pipe.one.release(), process: pidfd,
            timeout: Int64(clamping: plan.header.health_timeout))
    }

    /// Never comes back; the type does not say so, or the compiler would close the ends before the call.
    private func becomeProbe(client: Int32, report: Int32) {
        _ = monitor_death_signal(SIGKILL)
        if monitor_peer_gone(client) != 0 { monitor_exit(1) }
        // All else is the first monitor's: its clients, its lock, the container's streams.
        let low = UInt32(min(client, report))
        let high = UInt32(max(client, report))
        if low > 3 { _ = monitor_close_range(3, low - 1, 0) }
        if high > low + 1 { _ = monitor_close_range(low + 1, high - 1, 0) }
        _ = monitor_close_range(high + 1, UInt32.max, 0)
        var told = Report(descriptor: report)
        do throws(SystemError) {
            let status = statusFile.status
            let probe = try Plan.probe(of: plan, pid: status.pid, startTicks: status.pid_start_ticks)
            Monitor(plan: probe, report: told, client: client).run()
        } catch {
            told.fail(StartFailure(SPH_STAGE_PLAN, error))
        }
        monitor_exit(1)
    }
}

/// Two descriptors that belong together.
private struct Ends: ~Copyable {
    /// The one to read from, where that matters.
    var one: Descriptor
    var other: Descriptor

    init(_ make: (UnsafeMutablePointer<Int32>?) -> Int32) throws(SystemError) {
        var pair: (Int32, Int32) = (-1, -1)
        _ = try withUnsafeMutablePointer(to: &pair) { (pointer) throws(SystemError) in
            try check(make(UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Int32.self)))
        }
        one = Descriptor(owning: pair.0)
        other = Descriptor(owning: pair.1)
    }
}
