import CLinux
import CMonitorWire

extension Monitor {
    /// The ends of the container's streams that go to the child. What is not piped is the monitor's own /dev/null.
    private struct ChildEnds: ~Copyable {
        var input = Descriptor()
        var output = Descriptor()
        var error = Descriptor()

        var streams: Child.Streams {
            Child.Streams(
                input: input.isOpen ? input.number : 0, output: output.isOpen ? output.number : 1,
                error: error.isOpen ? error.number : 2)
        }
    }

    /// Clones the child, leads it through the hand-shake until its program runs, and tells the world.
    func start() throws(StartFailure) {
        killsBefore = cgroups.outOfMemoryKills
        let control: Descriptor
        do throws(SystemError) { control = try spawn() } catch { throw StartFailure(SPH_STAGE_CLONE, error) }
        do throws(StartFailure) {
            try recordChild()
            try connectNetwork()
            var go: UInt8 = 1
            _ = monitor_send(control.number, &go, 1)
            try awaitProgram(control.number)
        } catch {
            abandon()
            throw error
        }
        began()
    }

    /// Makes the streams and the child; answers the monitor's end of the hand-shake.
    private func spawn() throws(SystemError) -> Descriptor {
        var ends = ChildEnds()
        try makeStreams(&ends)
        var pair: (Int32, Int32) = (-1, -1)
        try withUnsafeMutablePointer(to: &pair) { (pointer) throws(SystemError) in
            let numbers = UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Int32.self)
            try check(monitor_socket_pair(numbers))
        }
        let own = Descriptor(owning: pair.0)
        let given = Descriptor(owning: pair.1)
        let cgroup = cgroups.open()
        // Exec joins namespaces instead of making them.
        let flags = isExec ? 0 : plan.header.clone_flags
        var pidfd: Int32 = -1
        let pid = try check(monitor_clone(flags, cgroup.number, &pidfd))
        if pid == 0 { becomeChild(own, given, ends) }
        process = Descriptor(owning: pidfd)
        statusFile.status.pid = pid
        return own
    }

    /// Never comes back, which its type does not say: the compiler would then close the lent descriptors before the
    /// call instead of after it.
    private func becomeChild(
        _ own: borrowing Descriptor, _ given: borrowing Descriptor, _ ends: borrowing ChildEnds
    ) {
        // It must not stay open here, or the monitor's death would go unseen.
        _ = monitor_close(own.number)
        Child.run(plan: plan, control: given.number, target: target.number, ends.streams)
    }

    private func makeStreams(_ ends: inout ChildEnds) throws(SystemError) {
        if plan.has(SPH_PLAN_TTY) { return }
        if plan.has(SPH_PLAN_OPEN_STDIN) {
            let (reading, writing) = try pipe()
            ends.input = Descriptor(owning: reading)
            input = InputPipe(owning: writing, isTerminal: false)
            try check(monitor_nonblocking(writing))
        }
        let (outputReading, outputWriting) = try pipe()
        output = Descriptor(owning: outputReading)
        ends.output = Descriptor(owning: outputWriting)
        let (errorReading, errorWriting) = try pipe()
        error = Descriptor(owning: errorReading)
        ends.error = Descriptor(owning: errorWriting)
        try check(monitor_nonblocking(outputReading))
        try check(monitor_nonblocking(errorReading))
    }

    private func pipe() throws(SystemError) -> (Int32, Int32) {
        var pair: (Int32, Int32) = (-1, -1)
        _ = try withUnsafeMutablePointer(to: &pair) { (pointer) throws(SystemError) in
            try check(monitor_pipe(UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Int32.self)))
        }
        return pair
    }

    /// Before "go": from here on a reader of the status knows which process to look for.
    private func recordChild() throws(StartFailure) {
        guard !isExec else { return }
        mounts = ProcessFacts.mountNamespace(of: statusFile.status.pid)
        statusFile.status.pid_start_ticks = ProcessFacts.startTicks(of: statusFile.status.pid) ?? 0
        guard statusFile.status.restart_count == 0 else { return }
        statusFile.status.phase = SPH_PHASE_STARTING.rawValue
        do throws(SystemError) { try statusFile.write() } catch { throw StartFailure(SPH_STAGE_STATUS, error) }
    }

    /// Takes the terminal's master and the child's report; its end of file means that the program runs.
    private func awaitProgram(_ control: Int32) throws(StartFailure) {
        var report = sph_report()
        let size = MemoryLayout<sph_report>.size
        while true {
            var passed: Int32 = -1
            let count = monitor_receive_descriptor(control, &report, size, &passed)
            if passed >= 0 { takeTerminal(passed) }
            if count == size { throw StartFailure(place: report.op_index, code: report.error) }
            // Anything but the one byte that comes with the master is the end of the hand-shake.
            guard count == 1 else { return }
        }
    }

    private func takeTerminal(_ master: Int32) {
        output = Descriptor(owning: master)
        _ = monitor_nonblocking(master)
        // A number of its own: epoll watches reading and writing apart.
        input = InputPipe(owning: monitor_duplicate_above(master, 3), isTerminal: true)
        slave = Descriptor(owning: monitor_terminal_peer(master))
    }

    /// The program runs.
    private func began() {
        phase = .running
        startedAt = monitor_monotonic()
        let now = monitor_realtime()
        statusFile.status.phase = SPH_PHASE_RUNNING.rawValue
        statusFile.status.started_at = now
        statusFile.status.finished_at = 0
        statusFile.status.exit_code = 0
        statusFile.status.exit_signal = 0
        beginHealth()
        writeStatus()
        events.append(isExec ? "exec_start" : "start")
        report.succeed(pid: statusFile.status.pid, at: now)
        add(process.number, .process)
        if output.isOpen { add(output.number, .output) }
        if error.isOpen { add(error.number, .error) }
        if input.isOpen { add(input.number, .input, 0) }
        isOutputHeld = false
        // Input that the first client sent along.
        for client in clients where client.isHeld { release(client) }
        sweep()
    }

    /// Ends a child whose program never ran.
    private func abandon() {
        _ = monitor_pidfd_signal(process.number, SIGKILL)
        var code: Int32 = 0
        var killed: Int32 = 0
        _ = monitor_reap(process.number, &code, &killed)
        closeStreams()
    }

    func closeStreams() {
        process.close()
        output.close()
        error.close()
        slave.close()
        input = InputPipe()
    }
}
