import CMonitorWire
import Engine
import OCI

extension PlanBuilder {
    /// Everything from the working directory to exec.
    mutating func addProcess(
        _ process: OCI.Process, makesDirectory: Bool, usesInit: Bool, filter: [UInt8]
    ) throws(EngineError) {
        let texts = (process.args ?? []) + (process.env ?? [])
        guard !texts.contains(where: { $0.utf8.contains(0) }) else {
            throw EngineError(.invalidArgument, "an argument or an environment variable contains a NUL character")
        }
        try addLimits(process.rlimits ?? [])
        writer.add(SPH_OP_CHDIR, s1: writer.string(process.cwd), n1: makesDirectory ? 1 : 0)
        writer.add(SPH_OP_UMASK, n1: UInt64(process.user.umask ?? 0o022))
        let effective = Capability.mask(process.capabilities?.effective)
        let noNewPrivileges = process.noNewPrivileges == true
        let keepsAdministration = process.user.uid == 0 && effective & Capability.sysAdmin.bit != 0
        let filtersLast = noNewPrivileges || keepsAdministration
        if !filter.isEmpty, !filtersLast { addFilter(filter) }
        let groups = (process.user.additionalGids ?? []).flatMap { group in withUnsafeBytes(of: group) { Array($0) } }
        writer.add(
            SPH_OP_IDENTITY, s1: writer.data(groups), n1: UInt64(process.user.uid), n2: UInt64(process.user.gid),
            n3: footing.setsGroups ? 0 : 1)
        writer.add(
            SPH_OP_CAPABILITIES, n1: Capability.mask(process.capabilities?.bounding), n2: effective,
            n3: Capability.mask(process.capabilities?.inheritable), n4: Capability.mask(process.capabilities?.ambient))
        if noNewPrivileges { writer.add(SPH_OP_NO_NEW_PRIVILEGES) }
        if !filter.isEmpty, filtersLast { addFilter(filter) }
        // The init stays in the container for good: it must have no more rights than the command.
        if usesInit { writer.add(SPH_OP_INIT) }
        writer.add(SPH_OP_EXEC, s1: writer.list(process.args ?? []), s2: writer.list(process.env ?? []))
    }

    private mutating func addFilter(_ program: [UInt8]) {
        writer.add(SPH_OP_SECCOMP, s1: writer.data(program), n1: 0)
    }

    private mutating func addLimits(_ limits: [POSIXRlimit]) throws(EngineError) {
        for limit in limits {
            writer.add(SPH_OP_RLIMIT, n1: try Self.resource(limit.type), n2: limit.soft, n3: limit.hard, n4: 1)
        }
    }

    /// The number of a resource limit.
    static func resource(_ name: String) throws(EngineError) -> UInt64 {
        guard let resource = resources.firstIndex(of: name) else {
            throw EngineError(.invalidArgument, "unknown resource limit '\(name)'")
        }
        return UInt64(resource)
    }

    /// By number (<asm-generic/resource.h>).
    private static let resources = [
        "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_DATA", "RLIMIT_STACK", "RLIMIT_CORE", "RLIMIT_RSS", "RLIMIT_NPROC",
        "RLIMIT_NOFILE", "RLIMIT_MEMLOCK", "RLIMIT_AS", "RLIMIT_LOCKS", "RLIMIT_SIGPENDING", "RLIMIT_MSGQUEUE",
        "RLIMIT_NICE", "RLIMIT_RTPRIO", "RLIMIT_RTTIME",
    ]
}
