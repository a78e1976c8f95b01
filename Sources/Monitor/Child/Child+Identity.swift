import CLinux
import CMonitorWire

extension Child {
    func limit(_ operation: sph_op) throws(SystemError) {
        if operation.n4 == 2 { return }
        let answer = monitor_rlimit(Int32(truncatingIfNeeded: operation.n1), operation.n2, operation.n3)
        if operation.n4 == 1, answer == -EPERM { return }
        try check(answer)
    }

    func takeIdentity(_ operation: sph_op) throws(SystemError) {
        let uid = UInt32(truncatingIfNeeded: operation.n1)
        let groups = plan.bytes(operation.s1)
        try handStreams(to: uid)
        try check(monitor_keep_capabilities())
        // A user namespace of one's own may forbid it, and then there are none to drop.
        if operation.n3 == 0 { try check(monitor_setgroups(groups.count / 4, groups.baseAddress)) }
        try check(monitor_setgid(UInt32(truncatingIfNeeded: operation.n2)))
        try check(monitor_setuid(uid))
        if uid != 0 {
            // Leaving uid 0 empties the effective set, and later operations still need it.
            var effective: UInt64 = 0
            var permitted: UInt64 = 0
            var inheritable: UInt64 = 0
            try check(monitor_capget(&effective, &permitted, &inheritable))
            try check(monitor_capset(permitted, permitted, inheritable))
        }
        try dieWithMonitor()
    }

    /// Makes the container's user the owner of its pipes or terminal, else it could not open /dev/stdout anew.
    private func handStreams(to uid: UInt32) throws(SystemError) {
        guard uid != 0 else { return }
        for descriptor: Int32 in 0...2 {
            var file = monitor_file()
            try check(monitor_stat(descriptor, &file))
            let isNull = file.mode & UInt32(S_IFMT) == UInt32(S_IFCHR) && file.device == 0x103
            guard !isNull else { continue }
            let changed = monitor_fchown(descriptor, uid, file.gid)
            // A bundle's streams are its caller's, and may lie where nobody may change owners.
            if !isCreation { try check(changed) }
        }
    }

    func takeCapabilities(_ operation: sph_op) throws(SystemError) {
        for capability: Int32 in 0..<64 where operation.n1 & (1 << UInt64(capability)) == 0 {
            let dropped = monitor_drop_bounding(capability)
            // The kernel knows no capability beyond its last.
            if dropped == -EINVAL { break }
            try check(dropped)
        }
        var effective: UInt64 = 0
        var held: UInt64 = 0
        var inheritable: UInt64 = 0
        try check(monitor_capget(&effective, &held, &inheritable))
        // A plan may ask for all of them on a host that itself lacks one: less is then given, never more.
        let permitted = operation.n2 & held
        let passedOn = operation.n3 & held
        let ambient = operation.n4 & permitted & passedOn
        try check(monitor_clear_ambient())
        try check(monitor_capset(permitted, permitted, passedOn))
        for capability: Int32 in 0..<64 where ambient & (1 << UInt64(capability)) != 0 {
            try check(monitor_raise_ambient(capability))
        }
        try dieWithMonitor()
    }

    func narrowEffective(_ wanted: UInt64) throws(SystemError) {
        var effective: UInt64 = 0
        var permitted: UInt64 = 0
        var inheritable: UInt64 = 0
        try check(monitor_capget(&effective, &permitted, &inheritable))
        try check(monitor_capset(wanted & permitted, permitted, inheritable))
    }

    func filterCalls(_ operation: sph_op) throws(SystemError) {
        let filters = plan.bytes(operation.s1)
        let flags = UInt32(truncatingIfNeeded: operation.n1)
        let answer = try check(
            monitor_seccomp(flags, filters.baseAddress, UInt16(truncatingIfNeeded: filters.count / 8)))
        if flags & MONITOR_NEW_LISTENER != 0 { try ask(SPH_SYNC_LISTENER, answer) }
    }
}
