import CLinux
import CMonitorWire

extension Monitor {
    /// Does what a client's frame asks for.
    func answer(_ client: Client) {
        let kind = sph_frame_kind(rawValue: client.frame.kind)
        guard client.isGreeted || kind == SPH_FRAME_HELLO else {
            client.isGone = true
            return
        }
        switch kind {
        case SPH_FRAME_HELLO: greet(client)
        case SPH_FRAME_STDIN_EOF: endInput(client)
        case SPH_FRAME_RESIZE: resize(client)
        case SPH_FRAME_SIGNAL: client.acknowledge(signal(client.number(at: 0)))
        case SPH_FRAME_STOP: stop(client)
        case SPH_FRAME_PAUSE: client.acknowledge(setPaused(true))
        case SPH_FRAME_RESUME: client.acknowledge(setPaused(false))
        case SPH_FRAME_RESTART_RULE: changeRule(client)
        case SPH_FRAME_WAIT: client.awaitsExit = true
        case SPH_FRAME_PROBE: client.acknowledge(probeNow())
        case SPH_FRAME_ATTACH, SPH_FRAME_DETACH: client.acknowledge(changeNetwork(client))
        default: client.isGone = true
        }
    }

    private func greet(_ client: Client) {
        guard !client.isGreeted, client.frame.length == 4 else {
            client.isGone = true
            return
        }
        client.isGreeted = true
        client.flags = UInt32(bitPattern: client.number(at: 0))
        client.acknowledge(0)
    }

    private func endInput(_ client: Client) {
        guard client.has(SPH_HELLO_INPUT) else { return }
        if case .starting = phase {
            // Nothing to end yet: the frame is read again once the container runs.
            client.isHeld = true
            client.endsInput = true
            return
        }
        input.end()
        if input.number >= 0 { watchInput() }
    }

    private func resize(_ client: Client) {
        guard plan.has(SPH_PLAN_TTY), output.isOpen, client.frame.length == 4 else { return }
        _ = monitor_terminal_size(output.number, client.half(at: 0), client.half(at: 1))
    }

    private func signal(_ number: Int32) -> Int32 {
        guard number > 0, number <= 64 else { return EINVAL }
        // As with docker: who kills a container, or asks it to stop, does not want it to come back.
        if number == SIGKILL || number == plan.header.stop_signal {
            statusFile.status.flags |= SPH_STATUS_STOPPED.rawValue
        }
        return kill(number)
    }

    private func stop(_ client: Client) {
        client.awaitsStop = true
        isStopRequested = true
        statusFile.status.flags |= SPH_STATUS_STOPPED.rawValue
        if case .restarting = phase { finish() }
        stop(signal: client.number(at: 0), timeout: client.frame.length >= 8 ? client.number(at: 1) : -1)
        writeStatus()
    }

    private func setPaused(_ paused: Bool) -> Int32 {
        switch phase {
        case .running where paused: break
        case .paused where !paused: break
        case .running, .paused: return EALREADY
        default: return ESRCH
        }
        if paused { restHealth() }
        do throws(SystemError) {
            try cgroups.setFrozen(paused)
        } catch {
            if paused {
                try? cgroups.setFrozen(false)
                resumeHealth()
            }
            return error.code
        }
        phase = paused ? .paused : .running
        if paused { unwatchHealth() } else { resumeHealth() }
        statusFile.status.phase = (paused ? SPH_PHASE_PAUSED : SPH_PHASE_RUNNING).rawValue
        writeStatus()
        events.append(paused ? "pause" : "unpause")
        return 0
    }

    private func changeRule(_ client: Client) {
        let kind = UInt32(bitPattern: client.number(at: 0))
        guard client.frame.length == 8, kind <= SPH_RESTART_UNLESS_STOPPED.rawValue, !isExec else {
            client.acknowledge(EINVAL)
            return
        }
        rule.change(kind: kind, retries: UInt32(bitPattern: client.number(at: 1)))
        client.acknowledge(0)
    }
}
