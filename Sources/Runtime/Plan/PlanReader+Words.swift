import CMonitorWire
import Engine
import Glibc
import LinuxSystem

extension PlanReader {
    /// What the operation at `index` does, in words that finish "cannot …": `mount proc on /proc`.
    func words(_ index: Int) -> String {
        guard operations.indices.contains(index) else { return "start the container" }
        let operation = operations[index]
        let first = text(operation.s1)
        let second = text(operation.s2)
        switch sph_op_kind(operation.kind) {
        case SPH_OP_WRITE_FILE where second == "0" && first.hasSuffix("/tasks"):
            return "join cgroup \(first.dropLast(6))"
        case SPH_OP_WRITE_FILE, SPH_OP_TRY_WRITE_FILE: return "write '\(second)' to \(first)"
        case SPH_OP_UNSHARE: return "make namespaces"
        case SPH_OP_HOSTNAME: return "set the host name to '\(first)'"
        case SPH_OP_DOMAINNAME: return "set the domain name to '\(first)'"
        case SPH_OP_LOOPBACK_UP: return "bring the loopback interface up"
        case SPH_OP_PROPAGATION: return "keep the container's mounts apart from the host's"
        case SPH_OP_OVERLAY: return "mount the image's layers on \(text(operation.s3))"
        case SPH_OP_ROOT: return "open the root file system \(first)"
        case SPH_OP_MOUNT: return "mount \(text(operation.s3)) on \(second)"
        case SPH_OP_BIND: return "mount \(first) on \(second)"
        case SPH_OP_DEVICE: return "make device \(first)"
        case SPH_OP_SYMLINK: return "make link \(second)"
        case SPH_OP_TERMINAL: return "make a pseudo-terminal"
        case SPH_OP_MASK: return "hide \(first)"
        case SPH_OP_READONLY: return "make \(first) read-only"
        case SPH_OP_PIVOT_ROOT: return "change to the container's root"
        case SPH_OP_ROOT_READONLY: return "make the root file system read-only"
        case SPH_OP_CHDIR: return "change to the working directory \(first)"
        case SPH_OP_RLIMIT: return "set a resource limit"
        case SPH_OP_UMASK: return "set the umask"
        case SPH_OP_IDENTITY: return "become user \(operation.n1), group \(operation.n2)"
        case SPH_OP_CAPABILITIES: return "set capabilities"
        case SPH_OP_NO_NEW_PRIVILEGES: return "forbid new privileges"
        case SPH_OP_SECCOMP: return "install the seccomp filter"
        case SPH_OP_INIT: return "start the init process"
        case SPH_OP_JOIN: return "join the namespace \(first)"
        case SPH_OP_TREE: return "open \(first) for a mount"
        case SPH_OP_PLACE: return "mount on \(second)"
        case SPH_OP_SYNC: return "be served by the monitor"
        case SPH_OP_HOOK: return "run the hook \(first)"
        case SPH_OP_GATE: return "open the fifo \(first)"
        case SPH_OP_CREATED: return "wait for the start"
        case SPH_OP_PERSONALITY: return "set the personality"
        case SPH_OP_SCHEDULER: return "set the scheduling policy"
        case SPH_OP_IO_PRIORITY: return "set the I/O priority"
        case SPH_OP_AFFINITY: return "set the processors to run on"
        case SPH_OP_NAMESPACE_ROOT: return "become root in the user namespace"
        case SPH_OP_KEYRING: return "make a session keyring"
        case SPH_OP_PARENT_PROPAGATION: return "make the mount that \(first) lies on private"
        case SPH_OP_ROOT_PROPAGATION: return "set the propagation of the root file system"
        case SPH_OP_TIME_NAMESPACE: return "make a time namespace"
        case SPH_OP_ATTRIBUTES: return "change the mount on \(first)"
        case SPH_OP_EFFECTIVE: return "set the effective capabilities"
        case SPH_OP_LAYERS:
            let within = text(operation.s4)
            return "join layers for a mount" + (within.isEmpty || within == "/" ? "" : " and find \(within) in them")
        case SPH_OP_SECRET: return "make a secret's file"
        case SPH_OP_JOIN_DESCRIPTOR: return "join the other container's network"
        case SPH_OP_LOOK_UP, SPH_OP_EXEC: return "execute \(list(operation.s1).first ?? "")"
        default: return "carry out step \(index)"
        }
    }

    /// The error that a report or a `status` file tells of: the step (an operation's index or `SPH_STAGE_*`) and errno.
    public func failure(step: UInt32, error: Int32) -> EngineError {
        let reason = SystemError.words(error)
        if let stage = Self.stageFailure(step, error: error) { return stage }
        let index = Int(step)
        guard operations.indices.contains(index), isProgram(operations[index]) else {
            let why = isHook(index) && error == ECANCELED ? "it ended with a failure" : reason
            return EngineError(.system, "cannot \(words(index)): \(why)", hint: Self.hint(error))
        }
        let command = list(operations[index].s1).first ?? ""
        switch error {
        case ENOENT, ENOTDIR:
            let missing = command.contains("/") ? "no such file or directory" : "not found in PATH"
            return EngineError(.commandNotFound, "cannot execute '\(command)': \(missing)")
        case EACCES where !command.contains("/"):
            return EngineError(.commandNotExecutable, "cannot execute '\(command)': permission denied")
        case ENOEXEC:
            return EngineError(
                .commandNotExecutable, "cannot execute '\(command)': the kernel does not know its format",
                hint: "a script needs a first line that names its interpreter; a program must fit this machine")
        default: return EngineError(.commandNotExecutable, "cannot execute '\(command)': \(reason)")
        }
    }

    private func isProgram(_ operation: sph_op) -> Bool {
        operation.kind == SPH_OP_EXEC.rawValue || operation.kind == SPH_OP_LOOK_UP.rawValue
    }

    private func isHook(_ index: Int) -> Bool {
        operations.indices.contains(index) && operations[index].kind == SPH_OP_HOOK.rawValue
    }

    /// A failure outside of any operation, for which no plan is needed; `nil` when `step` is an operation.
    static func stageFailure(_ step: UInt32, error: Int32) -> EngineError? {
        let reason = SystemError.words(error)
        switch sph_stage(step) {
        case SPH_STAGE_PLAN: return EngineError(.corrupted, "the monitor refuses the container's plan: \(reason)")
        case SPH_STAGE_LOCK: return EngineError(.conflict, "the container is already being run by another monitor")
        case SPH_STAGE_LOG: return EngineError(.system, "cannot open the container's log: \(reason)")
        case SPH_STAGE_SOCKET: return EngineError(.system, "cannot make the monitor's socket: \(reason)")
        case SPH_STAGE_CLONE:
            return EngineError(.system, "cannot create the container's process: \(reason)", hint: hint(error))
        case SPH_STAGE_STATUS: return EngineError(.system, "cannot write the container's status: \(reason)")
        case SPH_STAGE_MAPPING:
            return EngineError(
                .system, "cannot map the users of the container's user namespace: \(reason)",
                hint: error == EPERM ? "are the ranges in /etc/subuid and /etc/subgid the user's?" : nil)
        case SPH_STAGE_LISTENER: return EngineError(.system, "cannot hand the seccomp listener over: \(reason)")
        case SPH_STAGE_LINK: return EngineError(.system, "cannot put the container on its network: \(reason)")
        case SPH_STAGE_FIREWALL:
            return EngineError(
                .system, "cannot set up the container's published ports: \(reason)",
                hint: "spyhop doctor looks whether this kernel has nf_tables")
        case SPH_STAGE_NAMES:
            return EngineError(.system, "cannot answer names for the container: \(reason)")
        case SPH_STAGE_TARGET: return EngineError(.conflict, "the container is not running")
        default: return nil
        }
    }

    private static func hint(_ error: Int32) -> String? {
        switch error {
        case EPERM, EACCES: "it needs root, or a capability that this process lacks"
        case ENOSPC: "a disk or a kernel limit is exhausted"
        case ENOSYS, ENODEV: "this kernel lacks it"
        default: nil
        }
    }
}
