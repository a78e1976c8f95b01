import CLinux
import CMonitorWire

extension Child {
    /// Runs one hook in the container's namespaces and waits for its end.
    func runHook(_ operation: sph_op) throws(SystemError) {
        let state = hookState(operation)
        var ends: (Int32, Int32) = (-1, -1)
        _ = try withUnsafeMutablePointer(to: &ends) { (pointer) throws(SystemError) in
            try check(monitor_pipe(UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Int32.self)))
        }
        let reading = Descriptor(owning: ends.0)
        var writing = Descriptor(owning: ends.1)
        let pid = try check(monitor_fork())
        if pid == 0 { becomeHook(operation, input: reading.number) }
        let process = Descriptor(owning: try check(monitor_pidfd_open(pid)))
        // A pipe takes 64 KiB at once; a hook that does not read must not hold the container up for good.
        try check(monitor_nonblocking(writing.number))
        _ = monitor_write(writing.number, state.c, state.count)
        writing.close()
        let timeout = operation.n1 == 0 ? Int32(-1) : Int32(clamping: operation.n1)
        let ended = monitor_poll_readable(process.number, timeout)
        if ended == 0 { _ = monitor_pidfd_signal(process.number, SIGKILL) }
        var code: Int32 = 0
        var killed: Int32 = 0
        try check(monitor_reap(process.number, &code, &killed))
        if ended == 0 { throw SystemError(code: ETIMEDOUT) }
        guard code == 0, killed == 0 else { throw SystemError(code: killed == 0 && code == 127 ? ENOENT : ECANCELED) }
    }

    private func becomeHook(_ operation: sph_op, input: Int32) {
        _ = monitor_duplicate(input, 0)
        let null = monitor_open(("/dev/null" as StaticString).c, O_RDWR, 0)
        if null >= 0 {
            _ = monitor_duplicate(null, 1)
            _ = monitor_duplicate(null, 2)
        }
        _ = monitor_close_range(3, UInt32.max, 0)
        monitor_default_signals()
        _ = monitor_execute(plan.string(operation.s1), plan.list(operation.s2), plan.list(operation.s3))
        monitor_exit(127)
    }

    /// The container's state with the pid put in, which nobody knew before the process was made.
    private func hookState(_ operation: sph_op) -> Text {
        let parts = plan.list(operation.s4)
        var text = Text(capacity: Int(operation.s4.length) + 16)
        if let first = parts[0] {
            text.append(UnsafePointer(first))
            text.append(number: Int64(operation.n2 == 1 ? monitor_pid() : hostPid))
            if let second = parts[1] { text.append(UnsafePointer(second)) }
        }
        return text
    }
}
