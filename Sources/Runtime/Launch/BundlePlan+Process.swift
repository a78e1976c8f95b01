import CMonitorWire
import Engine
import OCI

extension BundlePlan {
    /// Everything from the working directory to the moment before exec.
    /// - Parameter drops: supplementary groups are set; a user namespace may forbid it.
    mutating func addProcess(
        _ process: OCI.Process, filter: BundleFilter, makesDirectory: Bool, drops: Bool
    ) throws(EngineError) {
        let texts = (process.args ?? []) + (process.env ?? [])
        guard !texts.contains(where: { $0.utf8.contains(0) }) else {
            throw EngineError(
                .invalidArgument, "process: an argument or an environment variable contains a NUL character")
        }
        for limit in process.rlimits ?? [] {
            writer.add(
                SPH_OP_RLIMIT, n1: try PlanBuilder.resource(limit.type), n2: limit.soft, n3: limit.hard, n4: 2)
        }
        writer.add(SPH_OP_CHDIR, s1: writer.string(process.cwd), n1: makesDirectory ? 1 : 0)
        addPriorities(process)
        writer.add(SPH_OP_UMASK, n1: UInt64(process.user.umask ?? 0o022))
        let effective = Capability.mask(process.capabilities?.effective)
        let noNewPrivileges = process.noNewPrivileges == true
        // As `PlanBuilder` has it: without no_new_privs a filter takes CAP_SYS_ADMIN, which goes with the capabilities.
        if !noNewPrivileges { add(filter) }
        let groups = (process.user.additionalGids ?? []).flatMap { group in withUnsafeBytes(of: group) { Array($0) } }
        writer.add(
            SPH_OP_IDENTITY, s1: writer.data(groups), n1: UInt64(process.user.uid), n2: UInt64(process.user.gid),
            n3: drops ? 0 : 1)
        writer.add(
            SPH_OP_CAPABILITIES, n1: Capability.mask(process.capabilities?.bounding),
            n2: Capability.mask(process.capabilities?.permitted),
            n3: Capability.mask(process.capabilities?.inheritable),
            n4: Capability.mask(process.capabilities?.ambient))
        if effective != Capability.mask(process.capabilities?.permitted) {
            writer.add(SPH_OP_EFFECTIVE, n1: effective)
        }
        if noNewPrivileges {
            writer.add(SPH_OP_NO_NEW_PRIVILEGES)
            add(filter)
        }
        writer.add(
            SPH_OP_LOOK_UP, s1: writer.list(process.args ?? []), s2: writer.list(environment(process)))
    }

    mutating func addProgram(_ process: OCI.Process) {
        writer.add(SPH_OP_EXEC, s1: writer.list(process.args ?? []), s2: writer.list(environment(process)))
    }

    /// Programs count on HOME, which the configuration need not set.
    private func environment(_ process: OCI.Process) -> [String] {
        let given = process.env ?? []
        guard let home = host.home, !given.contains(where: { $0.hasPrefix("HOME=") }) else { return given }
        return given + ["HOME=\(home)"]
    }

    private mutating func add(_ filter: BundleFilter) {
        guard !filter.program.isEmpty else { return }
        writer.add(SPH_OP_SECCOMP, s1: writer.data(filter.program), n1: filter.flags)
    }

    /// The execution domain, which the program and all that it executes keep (personality(2)).
    mutating func addPersonality(_ spec: Spec) {
        guard let domain = spec.linux?.personality?.domain else { return }
        writer.add(SPH_OP_PERSONALITY, n1: domain == "LINUX32" ? 8 : 0)
    }

    private mutating func addPriorities(_ process: OCI.Process) {
        if let scheduler = process.scheduler {
            writer.add(SPH_OP_SCHEDULER, s1: writer.data(SchedulingAttributes.bytes(scheduler)))
        }
        if let priority = process.ioPriority {
            let classes: [String: UInt64] = ["IOPRIO_CLASS_RT": 1, "IOPRIO_CLASS_BE": 2, "IOPRIO_CLASS_IDLE": 3]
            let number = UInt64(clamping: priority.priority ?? 0) & 7
            writer.add(SPH_OP_IO_PRIORITY, n1: (classes[priority.class] ?? 0) << 13 | number)
        }
    }

    /// What the kernel gives the process as it executes its program; written through the host's /proc, on which nothing
    /// of the container can lie.
    mutating func addLabels(_ process: OCI.Process) {
        if let profile = process.apparmorProfile, !profile.isEmpty {
            addWrite("/proc/self/attr/apparmor/exec", "exec \(profile)")
        }
        if let label = process.selinuxLabel, !label.isEmpty { addWrite("/proc/self/attr/exec", label) }
    }

    /// Hooks of the container's namespaces.
    mutating func addHooks(_ hooks: [Hook]?, _ launch: BundleLaunch, status: State.Status) throws(EngineError) {
        guard let hooks, !hooks.isEmpty else { return }
        let state = State(
            ociVersion: launch.spec.ociVersion, id: launch.id, status: status, bundle: launch.bundle,
            annotations: launch.spec.annotations)
        let parts = try HookState.parts(state)
        for hook in hooks {
            let milliseconds = UInt64(
                clamping: max(0, hook.timeout ?? 0).multipliedReportingOverflow(by: 1000).partialValue)
            writer.add(
                SPH_OP_HOOK, s1: writer.string(hook.path), s2: writer.list(hook.args ?? [hook.path]),
                s3: writer.list(hook.env ?? []), s4: writer.list(parts), n1: milliseconds, n2: 1)
        }
    }
}
