import CLinux
import CMonitorWire

/// Makes the process of an OCI bundle, or a further one in its container, and leads it until it waits for its start or
/// runs its program. The process is the launcher's child from the beginning, so nothing is left to do then.
final class Creation {
    let plan: Plan
    let channel: Channel
    /// A further process: the container's first.
    var target = Descriptor()
    /// Copies of mounts, in the order of the plan's SPH_OP_TREE.
    var trees: [Int32] = []
    /// The fifo through which the start comes, and the file for what goes wrong after it.
    var gate = Child.Gate()
    private var process = Descriptor()
    private(set) var pid: Int32 = 0

    init(plan: Plan, socket: Int32) {
        self.plan = plan
        channel = Channel(socket: socket)
    }

    /// Does everything; never comes back.
    func run() -> Never {
        occupyNumbers()
        do throws(StartFailure) {
            let cgroup = openCgroup()
            do throws(SystemError) { try openTarget() } catch { throw StartFailure(SPH_STAGE_TARGET, error) }
            try prepare()
            let control: Descriptor
            do throws(SystemError) { control = try clone(cgroup) } catch { throw StartFailure(SPH_STAGE_CLONE, error) }
            try lead(control.number)
            channel.succeed(pid: pid)
        } catch {
            if process.isOpen { _ = monitor_pidfd_signal(process.number, SIGKILL) }
            channel.fail(error, pid: pid)
        }
        monitor_exit(0)
    }

    /// Whatever is opened from here on lies above the numbers that the child hands its program.
    private func occupyNumbers() {
        monitor_ignore_signal(SIGPIPE)
        let null = monitor_open(("/dev/null" as StaticString).c, O_RDWR, 0)
        for standard: Int32 in 0...2 { _ = monitor_duplicate(null, standard) }
        let client = Int32(SPH_FD_CLIENT.rawValue)
        if null != client { _ = monitor_duplicate(null, client) }
        if null > client { _ = monitor_close(null) }
    }

    private func openCgroup() -> Int32 {
        guard let path = plan.optionalString(plan.header.cgroup_v2) else { return -1 }
        return monitor_open(path, MONITOR_PATH_ONLY | O_DIRECTORY, 0)
    }

    /// Makes sure that the process is the one the plan means. What only a process's children enter, and the user
    /// namespace that gives the right to enter the rest, the monitor enters itself.
    private func openTarget() throws(SystemError) {
        let number = plan.header.target_pid
        guard number > 0 else { return }
        target = Descriptor(owning: try check(monitor_pidfd_open(number)))
        guard ProcessFacts.startTicks(of: number) == plan.header.target_start_ticks else {
            throw SystemError(code: ESRCH)
        }
        let own = plan.header.clone_flags & (MONITOR_NEW_PID_SPACE | MONITOR_NEW_USER_SPACE)
        if own != 0 { try check(monitor_setns(target.number, Int32(truncatingIfNeeded: own))) }
    }

    private func clone(_ cgroup: Int32) throws(SystemError) -> Descriptor {
        var pair: (Int32, Int32) = (-1, -1)
        try withUnsafeMutablePointer(to: &pair) { (pointer) throws(SystemError) in
            let numbers = UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Int32.self)
            try check(monitor_socket_pair(numbers))
        }
        let own = Descriptor(owning: pair.0)
        let given = Descriptor(owning: pair.1)
        // An ordinary user may map only a process whose files in /proc are his.
        // Who is not root writes the maps of none but processes that others of his may look into.
        let isHelped =
            plan.header.uid_map_helper.length > 0
            || plan.header.flags & SPH_PLAN_DENY_SETGROUPS.rawValue != 0
        if isHelped { _ = monitor_dumpable() }
        let flags = target.isOpen ? 0 : plan.header.clone_flags
        var pidfd: Int32 = -1
        pid = try check(monitor_clone_sibling(flags, cgroup, &pidfd))
        if pid == 0 { becomeChild(own, given, isHelped: isHelped) }
        process = Descriptor(owning: pidfd)
        if isHelped { _ = monitor_undumpable() }
        return own
    }

    private func becomeChild(_ own: borrowing Descriptor, _ given: borrowing Descriptor, isHelped: Bool) {
        _ = monitor_close(own.number)
        let first = Int32(SPH_FD_PASSED.rawValue)
        let streams = Child.Streams(input: first, output: first + 1, error: first + 2)
        Child.run(plan: plan, control: given.number, target: target.number, streams, trees: trees, gate: gate)
    }

    // MARK: - The hand-shake

    private func lead(_ control: Int32) throws(StartFailure) {
        do throws(SystemError) { try map() } catch { throw StartFailure(SPH_STAGE_MAPPING, error) }
        var number = pid
        _ = monitor_send(control, &number, MemoryLayout<Int32>.size)
        var message = sph_report()
        while true {
            var passed: Int32 = -1
            let count = monitor_receive_descriptor(control, &message, MemoryLayout<sph_report>.size, &passed)
            if passed >= 0 { try hand(passed, SPH_STAGE_TERMINAL) }
            switch count {
            case MemoryLayout<sph_report>.size: throw StartFailure(place: message.op_index, code: message.error)
            // The byte that comes with the terminal's master.
            case 1: continue
            case MemoryLayout<sph_request>.size:
                // A request's two fields lie where a report's first two do.
                if message.op_index == SPH_SYNC_CREATED.rawValue { return }
                try serve(message.op_index, message.error)
                var go: UInt8 = 0
                _ = monitor_send(control, &go, 1)
            // The hand-shake's socket went with exec: the program runs.
            default: return
            }
        }
    }

    private func serve(_ kind: UInt32, _ value: Int32) throws(StartFailure) {
        switch sph_sync(rawValue: kind) {
        case SPH_SYNC_HOOKS:
            guard channel.ask(SPH_STAGE_HOOKS, pid: pid) else {
                throw StartFailure(place: SPH_STAGE_HOOKS.rawValue, code: ECANCELED)
            }
        case SPH_SYNC_RLIMITS: try limit()
        case SPH_SYNC_LISTENER:
            let listener = monitor_pidfd_descriptor(process.number, value)
            if listener < 0 { throw StartFailure(place: SPH_STAGE_LISTENER.rawValue, code: 0 - listener) }
            try hand(listener, SPH_STAGE_LISTENER)
        default: throw StartFailure(place: SPH_STAGE_PLAN.rawValue, code: EPROTO)
        }
    }

    /// Gives the launcher a descriptor, and closes it here.
    private func hand(_ number: Int32, _ stage: sph_stage) throws(StartFailure) {
        let descriptor = Descriptor(owning: number)
        guard channel.ask(stage, pid: pid, descriptor: descriptor.number) else {
            throw StartFailure(place: stage.rawValue, code: ECANCELED)
        }
    }

    /// Limits may only be raised from outside of a user namespace.
    private func limit() throws(StartFailure) {
        for index in 0..<plan.operationCount {
            let operation = plan.operation(at: index)
            guard operation.kind == SPH_OP_RLIMIT.rawValue, operation.n4 == 2 else { continue }
            let answer = monitor_prlimit(pid, Int32(truncatingIfNeeded: operation.n1), operation.n2, operation.n3)
            if answer < 0 { throw StartFailure(place: UInt32(index), code: 0 - answer) }
        }
    }
}
