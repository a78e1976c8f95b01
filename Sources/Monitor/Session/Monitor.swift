import CLinux
import CMonitorWire

/// The container's parent: one thread, one loop, all of its state.
final class Monitor {
    /// What the container does.
    enum Phase {
        case starting
        case running
        case paused
        /// It ended and starts again at this moment of the monotonic clock.
        case restarting(until: Int64)
        case ended
    }

    /// Where a readiness event came from; the descriptor's number stands beside it.
    enum Source: UInt64 {
        case process = 1
        case output
        case error
        case input
        case signals
        case listener
        case client
        case probe
        case port
        case proxy
        case names
        case nameListener
        case nameStream
        case nameAnswer

        func tag(_ descriptor: Int32) -> UInt64 { rawValue << 32 | UInt64(UInt32(bitPattern: descriptor)) }
    }

    let plan: Plan
    let cgroups: Cgroups
    let events: EventLog
    var report: Report
    var phase = Phase.starting
    var rule: RestartRule

    var lock = Descriptor()
    var statusFile = StatusFile()
    var log: LogWriter
    var listener = Descriptor()
    var epoll = Descriptor()
    var signals = Descriptor()
    /// Exec: the container's first process.
    var target = Descriptor()

    var process = Descriptor()
    var output = Descriptor()
    var error = Descriptor()
    var input = InputPipe()
    /// The container's mount namespace. While it is held, the process's end does not wait for the overlay's unmounting,
    /// which writes out the whole file system that its upper directory lies on.
    var mounts = Descriptor()
    /// Kept open so that the terminal lives on while no process of the container has it open.
    var slave = Descriptor()
    /// The owner does not keep up: the container has to wait.
    var isOutputHeld = false
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: Monitor.chunk, alignment: 8)

    var clients: [Client] = []
    /// When SIGKILL follows a stop signal, by the monotonic clock.
    var killAt: Int64?
    var isStopRequested = false
    /// The monitor itself was told to end: the container stops, but not because somebody wants it stopped.
    var isShuttingDown = false
    var startedAt: Int64 = 0
    /// Only for a container whose health is checked.
    var health: HealthCheck?
    /// Only for a container that is on a network, or was.
    var network: ContainerNetwork?
    var killsBefore: UInt64 = 0

    /// Most bytes that are read of the container at once; a frame's payload.
    static let chunk = 32 << 10

    init(plan: Plan, report: Report, client: Int32) {
        self.plan = plan
        self.report = report
        cgroups = Cgroups(plan)
        events = EventLog(plan)
        rule = RestartRule(kind: plan.header.restart, retries: plan.header.restart_retries)
        log = LogWriter()
        if client >= 0 {
            _ = monitor_nonblocking(client)
            clients.append(Client(socket: client))
        }
    }

    var isExec: Bool { plan.header.mode == SPH_MODE_EXEC.rawValue }

    /// Does everything; never comes back.
    func run() -> Never {
        becomeIndependent()
        epoll = Descriptor(owning: monitor_epoll())
        // The first client's HELLO is there already: it must see the first byte of output, or why there is none.
        for client in clients { receive(from: client) }
        do throws(StartFailure) {
            try open()
            watch()
            try start()
        } catch {
            fail(error)
        }
        loop()
    }

    /// Leaves the caller's session, directory, streams and signals, so that its end is not the container's.
    private func becomeIndependent() {
        _ = monitor_setsid()
        monitor_ignore_signal(SIGHUP)
        monitor_ignore_signal(SIGPIPE)
        monitor_block_signals()
        _ = monitor_chdir(("/" as StaticString).c)
        var null = Descriptor(owning: monitor_open(("/dev/null" as StaticString).c, O_RDWR, 0))
        for standard: Int32 in 0...2 { _ = monitor_duplicate(null.number, standard) }
        if null.number <= 2 { _ = null.release() }
    }

    // MARK: - What the monitor keeps

    private func open() throws(StartFailure) {
        if isExec {
            do throws(SystemError) { try openTarget() } catch { throw StartFailure(SPH_STAGE_TARGET, error) }
        } else {
            do throws(SystemError) { try takeLock() } catch { throw StartFailure(SPH_STAGE_LOCK, error) }
            do throws(SystemError) {
                statusFile = try StatusFile(directory: plan.string(plan.header.directory))
            } catch { throw StartFailure(SPH_STAGE_STATUS, error) }
            events.begin()
        }
        do throws(SystemError) {
            let path = plan.optionalString(plan.header.log_path)
            log = try LogWriter(path: path, largest: plan.header.log_max_size, files: plan.header.log_max_files)
        } catch { throw StartFailure(SPH_STAGE_LOG, error) }
        do throws(SystemError) { try listen() } catch { throw StartFailure(SPH_STAGE_SOCKET, error) }
    }

    private func takeLock() throws(SystemError) {
        var path = Text(capacity: Int(PATH_MAX))
        path.append(plan.string(plan.header.directory))
        path.append("/lock")
        lock = Descriptor(owning: try check(monitor_open(path.c, O_RDWR | O_CREAT, 0o600)))
        // A monitor that has said goodbye may still be unmounting; that does not take long.
        let end = monitor_monotonic() + 10_000_000_000
        while true {
            let taken = monitor_lock(lock.number)
            guard taken == -EAGAIN || taken == -EACCES, hasEnded, monitor_monotonic() < end else {
                try check(taken)
                return
            }
            monitor_sleep(2_000_000)
        }
    }

    /// Whether the status of the lock's present holder is final.
    private var hasEnded: Bool {
        var path = Text(capacity: Int(PATH_MAX))
        path.append(plan.string(plan.header.directory))
        path.append("/status")
        return withUnsafeTemporaryAllocation(of: sph_status.self, capacity: 1) { space in
            let bytes = UnsafeMutableRawBufferPointer(space)
            guard let count = try? SmallFile.read(path.c, into: bytes), count == bytes.count else { return false }
            let phase = space[0].phase
            return phase == SPH_PHASE_EXITED.rawValue || phase == SPH_PHASE_FAILED.rawValue
        }
    }

    /// Makes sure that the process is the one the plan means, and enters its pid namespace for the child to come.
    private func openTarget() throws(SystemError) {
        let pid = plan.header.target_pid
        target = Descriptor(owning: try check(monitor_pidfd_open(pid)))
        // In this order: the descriptor holds on to one process, and the ticks then tell whether it is the right one.
        guard ProcessFacts.startTicks(of: pid) == plan.header.target_start_ticks else {
            throw SystemError(code: ESRCH)
        }
        if plan.header.clone_flags & MONITOR_NEW_PID_SPACE != 0 {
            try check(monitor_setns(target.number, Int32(truncatingIfNeeded: MONITOR_NEW_PID_SPACE)))
        }
    }

    private func listen() throws(SystemError) {
        guard let path = plan.optionalString(plan.header.socket_path) else { return }
        let length = strlen(path)
        // sun_path takes 108 bytes; a longer path is reached through its directory.
        if length < 108 {
            listener = Descriptor(owning: try check(monitor_listen(path)))
            return
        }
        var start = length
        while start > 0, path[start - 1] != CChar(UInt8.slash) { start -= 1 }
        var parent = Text(capacity: start)
        parent.append(path, count: start)
        let directory = Descriptor(
            owning: try check(monitor_open(parent.c, MONITOR_PATH_ONLY | O_DIRECTORY, 0)))
        var short = Text(capacity: 107)
        short.append("/proc/self/fd/")
        short.append(number: Int64(directory.number))
        short.append(byte: .slash)
        short.append(path + start)
        guard short.isComplete else { throw SystemError(code: ENAMETOOLONG) }
        listener = Descriptor(owning: try check(monitor_listen(short.c)))
    }

    /// Puts what lives as long as the monitor under watch.
    private func watch() {
        signals = Descriptor(owning: monitor_signal_descriptor())
        add(signals.number, .signals)
        if listener.isOpen { add(listener.number, .listener) }
    }

    func add(_ descriptor: Int32, _ source: Source, _ wanted: UInt32 = MONITOR_READABLE) {
        _ = monitor_epoll_add(epoll.number, descriptor, wanted, source.tag(descriptor))
    }

    /// The status file is for others to read; a full disk must not end the container.
    func writeStatus(forGood: Bool = false) { try? statusFile.write(forGood: forGood) }
}
