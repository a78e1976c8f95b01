import CLinux
import CMonitorWire

extension Child {
    /// Carries out what only a bundle's creation knows.
    mutating func performCreation(_ operation: sph_op) throws(SystemError) {
        switch sph_op_kind(rawValue: operation.kind) {
        case SPH_OP_SYNC: try ask(sph_sync(rawValue: UInt32(truncatingIfNeeded: operation.n1)))
        case SPH_OP_HOOK: try runHook(operation)
        case SPH_OP_CREATED: try awaitStart()
        case SPH_OP_PERSONALITY: try check(monitor_personality(operation.n1))
        case SPH_OP_SCHEDULER:
            let attributes = plan.bytes(operation.s1)
            try check(monitor_scheduler(attributes.baseAddress, attributes.count))
        case SPH_OP_IO_PRIORITY: try check(monitor_io_priority(Int32(truncatingIfNeeded: operation.n1)))
        case SPH_OP_AFFINITY:
            let mask = plan.bytes(operation.s1)
            try check(monitor_affinity(mask.baseAddress, mask.count))
        case SPH_OP_NAMESPACE_ROOT: try becomeNamespaceRoot(operation)
        case SPH_OP_KEYRING:
            let joined = monitor_session_keyring(plan.string(operation.s1))
            // A kernel without keys has none to share.
            if joined != -ENOSYS { try check(joined) }
        case SPH_OP_EFFECTIVE: try narrowEffective(operation.n1)
        case SPH_OP_TIME_NAMESPACE:
            try check(monitor_unshare(Int32(truncatingIfNeeded: operation.n1)))
            if operation.s1.length > 0 {
                try SmallFile.write(("/proc/self/timens_offsets" as StaticString).c, plan.bytes(operation.s1))
            }
        default: throw SystemError(code: EINVAL)
        }
    }

    /// Moves the descriptors that the program is handed to their numbers, and waits for "go", which is the pid.
    mutating func takePassed() throws(SystemError) {
        let count = Int32(truncatingIfNeeded: plan.header.passed)
        let first = Int32(SPH_FD_PASSED.rawValue)
        // Upwards: each goes to a number below its own that is already free.
        var number: Int32 = 3
        while number < count {
            try check(monitor_duplicate(first + number, number))
            number += 1
        }
        // Whoever called reads his pipes to their end: a process that waits for its start on a terminal must not hold them.
        try check(monitor_close_range(UInt32(max(first, count)), UInt32(first + max(count, 3) - 1), 0))
        try check(monitor_close_range(UInt32(max(count, 3)), UInt32.max, 1))
        var pid: Int32 = 0
        guard monitor_receive(control, &pid, MemoryLayout<Int32>.size) == MemoryLayout<Int32>.size else {
            monitor_exit(125)
        }
        hostPid = pid
    }

    /// Asks the monitor for something and waits until it is done.
    ///
    /// By write(2) and read(2): once a filter is in force, its listener may be asked about any other call, and does not
    /// exist before this one is answered.
    func ask(_ kind: sph_sync, _ value: Int32 = 0) throws(SystemError) {
        var request = sph_request(kind: kind.rawValue, value: value)
        try check(monitor_write(control, &request, MemoryLayout<sph_request>.size))
        var answer: UInt8 = 0
        guard monitor_read(control, &answer, 1) == 1 else { monitor_exit(125) }
    }

    private func awaitStart() throws(SystemError) {
        monitor_exit_on_signals()
        var request = sph_request(kind: SPH_SYNC_CREATED.rawValue, value: 0)
        try check(monitor_write(control, &request, MemoryLayout<sph_request>.size))
        while true {
            try check(monitor_poll_readable(gate.fifo, -1))
            var byte: UInt8 = 0
            // No byte: somebody looked in and went away again.
            if monitor_read(gate.fifo, &byte, 1) == 1 { return }
            monitor_sleep(1_000_000)
        }
    }

    private func becomeNamespaceRoot(_ operation: sph_op) throws(SystemError) {
        try check(monitor_undumpable())
        if operation.n1 == 1 { try check(monitor_setgroups(0, nil)) }
        try check(monitor_setgid(0))
        try check(monitor_setuid(0))
    }

    func lookUp(_ operation: sph_op) throws(SystemError) {
        try attempt(operation) { (path, _, _) in monitor_may_execute(path) }
    }

    /// The monitor is gone: whoever started the container reads the report's file, and the container's own standard
    /// error says it too.
    func complain(_ failure: StartFailure) {
        var report = sph_report()
        report.op_index = failure.place
        report.error = failure.code
        report.op_kind = Int(failure.place) < plan.operationCount ? plan.operation(at: Int(failure.place)).kind : 0
        if gate.report >= 0 { _ = monitor_write(gate.report, &report, MemoryLayout<sph_report>.size) }
        var text = Text(capacity: 512)
        text.append("spyhop: cannot start the container's program: ")
        text.append(UnsafePointer(strerror(failure.code)))
        text.append(byte: .newline)
        _ = monitor_write(2, text.c, text.count)
        monitor_exit(failure.code == ENOENT ? 127 : 126)
    }
}
