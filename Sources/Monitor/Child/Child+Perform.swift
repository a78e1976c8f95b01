import CLinux
import CMonitorWire

extension Child {
    /// Carries out one operation.
    mutating func perform(_ operation: sph_op) throws(SystemError) {
        switch sph_op_kind(rawValue: operation.kind) {
        case SPH_OP_WRITE_FILE: try SmallFile.write(plan.string(operation.s1), plan.bytes(operation.s2))
        case SPH_OP_TRY_WRITE_FILE: try? SmallFile.write(plan.string(operation.s1), plan.bytes(operation.s2))
        case SPH_OP_UNSHARE: try check(monitor_unshare(Int32(truncatingIfNeeded: operation.n1)))
        case SPH_OP_HOSTNAME: try check(monitor_sethostname(plan.string(operation.s1)))
        case SPH_OP_DOMAINNAME: try check(monitor_setdomainname(plan.string(operation.s1)))
        case SPH_OP_JOIN_DESCRIPTOR:
            let number = Plan.passed(Int32(truncatingIfNeeded: operation.n1))
            try check(monitor_setns(number, Int32(truncatingIfNeeded: operation.n2)))
        case SPH_OP_LOOPBACK_UP: try check(monitor_loopback_up())
        case SPH_OP_DEVICE: try makeDevice(operation)
        case SPH_OP_SYMLINK: try makeLink(operation)
        case SPH_OP_CHDIR: try changeDirectory(operation)
        case SPH_OP_RLIMIT: try limit(operation)
        case SPH_OP_UMASK: _ = monitor_umask(UInt32(truncatingIfNeeded: operation.n1 & 0o777))
        case SPH_OP_IDENTITY: try takeIdentity(operation)
        case SPH_OP_CAPABILITIES: try takeCapabilities(operation)
        case SPH_OP_NO_NEW_PRIVILEGES: try check(monitor_no_new_privileges())
        case SPH_OP_SECCOMP: try filterCalls(operation)
        case SPH_OP_TERMINAL: try openTerminal()
        case SPH_OP_INIT: try leaveInitBehind()
        case SPH_OP_EXEC: try execute(operation)
        case SPH_OP_LOOK_UP: try lookUp(operation)
        default: try performMount(operation)
        }
    }

    private mutating func performMount(_ operation: sph_op) throws(SystemError) {
        switch sph_op_kind(rawValue: operation.kind) {
        case SPH_OP_PROPAGATION: try check(monitor_mount(nil, ("/" as StaticString).c, nil, operation.n1, nil))
        case SPH_OP_OVERLAY: try mountOverlay(operation)
        case SPH_OP_ROOT: try takeRoot(operation)
        case SPH_OP_MOUNT: try mountFileSystem(operation)
        case SPH_OP_BIND: try bind(operation)
        case SPH_OP_MASK: try mask(operation)
        case SPH_OP_READONLY: try makeReadOnly(operation)
        case SPH_OP_PIVOT_ROOT: try changeRoot(operation)
        case SPH_OP_ROOT_READONLY: try makeRootReadOnly()
        case SPH_OP_PLACE: try place(operation)
        case SPH_OP_LAYERS: try joinLayers(operation)
        case SPH_OP_SECRET: try makeSecret(operation)
        case SPH_OP_ATTRIBUTES:
            let mount = try find(plan.string(operation.s1))
            try check(monitor_mount_setattr(mount.number, 0, operation.n1, 0, 0))
        case SPH_OP_PARENT_PROPAGATION:
            try check(monitor_parent_propagation(plan.string(operation.s1), operation.n1))
        case SPH_OP_ROOT_PROPAGATION: try check(monitor_mount(nil, ("/" as StaticString).c, nil, operation.n1, nil))
        default: try performCreation(operation)
        }
    }
}
