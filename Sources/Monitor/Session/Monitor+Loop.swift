import CLinux
import CMonitorWire

extension Monitor {
    /// Answers whatever is ready until the container has ended for good.
    func loop() -> Never {
        withUnsafeTemporaryAllocation(of: monitor_event.self, capacity: 16) { ready in
            while true {
                let count = monitor_epoll_wait(epoll.number, ready.baseAddress, 16, timeToDeadline)
                for index in 0..<max(0, Int(count)) { dispatch(ready[index]) }
                meetDeadlines()
                sweep()
            }
        }
        monitor_exit(1)
    }

    private func dispatch(_ event: monitor_event) {
        let descriptor = Int32(truncatingIfNeeded: event.tag & 0xffff_ffff)
        // An earlier event of the same batch may have closed the descriptor, hence the comparisons.
        switch Source(rawValue: event.tag >> 32) {
        case .process where descriptor == process.number: processEnded()
        case .output where descriptor == output.number: pass(.output)
        case .error where descriptor == error.number: pass(.error)
        case .input where descriptor == input.number: inputReady()
        case .signals: takeSignals()
        case .listener: accept()
        case .client: clientReady(descriptor, event.events)
        case .probe: probeReady(descriptor)
        case .port: network?.ports.arrival()
        case .proxy where descriptor == network?.ports.controlNumber: network?.ports.proxyEnded()
        case .names where descriptor == network?.resolver.datagrams.number: network?.resolver.datagramsReady()
        case .nameListener: network?.resolver.accept()
        case .nameStream: network?.resolver.streamReady(descriptor)
        case .nameAnswer: network?.resolver.answerReady(descriptor)
        default: break
        }
    }

    // MARK: - Deadlines

    /// Milliseconds until something is due, rounded up; -1 when nothing is.
    private var timeToDeadline: Int32 {
        var next = Int64.max
        if case .restarting(let moment) = phase { next = moment }
        if let killAt { next = min(next, killAt) }
        if let moment = health?.deadline { next = min(next, moment) }
        if let moment = network?.resolver.deadline { next = min(next, moment) }
        guard next != Int64.max else { return -1 }
        return Int32(clamping: max(0, next - monitor_monotonic() + 999_999) / 1_000_000)
    }

    private func meetDeadlines() {
        if let moment = killAt, monitor_monotonic() >= moment {
            killAt = nil
            kill(SIGKILL)
        }
        meetHealthDeadline()
        network?.resolver.meetDeadlines()
        if case .restarting(let moment) = phase, monitor_monotonic() >= moment { restart() }
    }

    private func restart() {
        statusFile.status.restart_count &+= 1
        statusFile.status.flags = 0
        do throws(StartFailure) {
            try start()
        } catch {
            fail(error)
        }
    }

    // MARK: - Signals

    private func takeSignals() {
        while monitor_next_signal(signals.number) != 0 {
            guard !isShuttingDown else { continue }
            isShuttingDown = true
            if case .restarting = phase { finish() }
            stop(signal: 0, timeout: -1)
        }
    }

    /// Sends a signal to the container's first process; 0 or an errno.
    @discardableResult
    func kill(_ signal: Int32) -> Int32 {
        guard process.isOpen else { return ESRCH }
        let answer = monitor_pidfd_signal(process.number, signal)
        guard answer == 0 else { return 0 - answer }
        // A frozen process does not take a signal before it thaws, under v1 not even SIGKILL.
        if case .paused = phase, signal == SIGKILL { thaw() }
        if !isExec { events.append("kill", "signal", signal) }
        return 0
    }

    /// Sends the stop signal and sets the moment of SIGKILL.
    func stop(signal: Int32, timeout: Int32) {
        var signal = signal > 0 ? signal : plan.header.stop_signal
        if signal <= 0 { signal = SIGTERM }
        let milliseconds = timeout >= 0 ? Int64(timeout) : Int64(plan.header.stop_timeout_ms)
        guard milliseconds > 0 else {
            kill(SIGKILL)
            return
        }
        kill(signal)
        if case .paused = phase { thaw() }
        let moment = monitor_monotonic() + milliseconds * 1_000_000
        killAt = min(killAt ?? moment, moment)
    }

    func thaw() {
        try? cgroups.setFrozen(false)
        phase = .running
        resumeHealth()
    }
}
