import CLinux
import CMonitorWire

/// The container's first process between clone and exec: it carries out the plan's operations on itself.
struct Child: ~Copyable {
    /// What the child is given as standard input, output and error.
    struct Streams {
        let input: Int32
        let output: Int32
        let error: Int32
    }

    let plan: Plan
    /// The child's end of the hand-shake's socket pair.
    let control: Int32
    /// Exec: the pidfd of the container's first process, else -1.
    let target: Int32
    /// The container's root; the process's own until SPH_OP_ROOT.
    var root = Descriptor()
    /// The first empty directory and the first empty file that hide something; further ones are copies of these.
    var maskedDirectory = Descriptor()
    var maskedFile = Descriptor()
    /// Copies of mounts for SPH_OP_PLACE. SPH_MODE_CREATE: the monitor has made them.
    var trees: [Int32]
    /// SPH_MODE_CREATE: this process's id on the host.
    var hostPid: Int32 = 0
    /// SPH_MODE_CREATE: the fifo through which the start comes, and the file for what goes wrong after it; -1 for none.
    struct Gate {
        var fifo: Int32 = -1
        var report: Int32 = -1
    }
    let gate: Gate

    private init(plan: Plan, control: Int32, target: Int32, trees: [Int32], gate: Gate) {
        self.plan = plan
        self.control = control
        self.target = target
        self.trees = trees
        self.gate = gate
    }

    var isCreation: Bool { plan.header.mode == SPH_MODE_CREATE.rawValue }

    /// Takes the hand-shake's first step, then does one operation after another; never comes back.
    static func run(
        plan: Plan, control: Int32, target: Int32, _ streams: Streams, trees: [Int32] = [],
        gate: Gate = Gate()
    ) -> Never {
        var child = Child(plan: plan, control: control, target: target, trees: trees, gate: gate)
        child.carryOut(streams)
        // What the monitor makes of the report says more; this code is for a parent of SPH_OP_INIT alone.
        monitor_exit(125)
    }

    /// Comes back only when an operation has failed and that has been reported.
    private mutating func carryOut(_ streams: Streams) {
        do throws(StartFailure) {
            do throws(SystemError) { try prepare(streams) } catch { throw StartFailure(SPH_STAGE_CLONE, error) }
            var joined = target < 0
            for index in Int(plan.header.front_count)..<plan.operationCount {
                let operation = plan.operation(at: index)
                // The v1 cgroups are joined by host paths, which are gone once the mount namespace is entered.
                if !joined, !operation.writesFile {
                    do throws(SystemError) { try joinTarget() } catch { throw StartFailure(SPH_STAGE_TARGET, error) }
                    joined = true
                }
                do throws(SystemError) {
                    try perform(operation)
                } catch {
                    throw StartFailure(place: UInt32(index), code: error.code)
                }
            }
        } catch {
            report(error)
        }
    }

    private mutating func prepare(_ streams: Streams) throws(SystemError) {
        monitor_default_signals()
        monitor_unblock_signals()
        try dieWithMonitor()
        try check(monitor_setsid())
        _ = monitor_umask(0)
        try check(monitor_duplicate(streams.input, 0))
        try check(monitor_duplicate(streams.output, 1))
        try check(monitor_duplicate(streams.error, 2))
        if isCreation {
            try takePassed()
            return
        }
        try check(monitor_close_range(3, UInt32.max, 1))
        var go: UInt8 = 0
        guard monitor_receive(control, &go, 1) == 1 else { monitor_exit(125) }
    }

    /// Asks for SIGKILL when the monitor ends. A change of credentials forgets the wish, so it is uttered again after
    /// each; the monitor may have died just before, which only its end of the socket tells (getppid is 0 in a new
    /// pid namespace).
    func dieWithMonitor() throws(SystemError) {
        if !isCreation { try check(monitor_death_signal(SIGKILL)) }
        if monitor_peer_gone(control) != 0 { monitor_exit(125) }
    }

    private mutating func joinTarget() throws(SystemError) {
        // The monitor is in the target's pid namespace already: only a process's children change theirs.
        var flags = plan.header.clone_flags & ~MONITOR_NEW_PID_SPACE
        if isCreation { flags &= ~MONITOR_NEW_USER_SPACE }
        guard flags != 0 else { return }
        try check(monitor_setns(target, Int32(truncatingIfNeeded: flags)))
    }

    private func report(_ failure: StartFailure) {
        var report = sph_report()
        report.op_index = failure.place
        report.error = failure.code
        let sent = monitor_send(control, &report, MemoryLayout<sph_report>.size)
        if sent < 0, isCreation { complain(failure) }
    }
}

extension sph_op {
    var writesFile: Bool {
        kind == SPH_OP_WRITE_FILE.rawValue || kind == SPH_OP_TRY_WRITE_FILE.rawValue
    }
}
