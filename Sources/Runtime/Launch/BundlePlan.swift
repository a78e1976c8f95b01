import CMonitorWire
import Cgroups
import Engine
import OCI

/// Turns an OCI bundle into the plan that a monitor carries out. Pure: no file is read.
///
/// Beside what `PlanBuilder` says of the order: namespaces with a path are joined, and sources of bind mounts copied, by
/// the monitor before it makes the process, for in its own user namespace the process may not; hooks of the host's
/// namespaces run when all is mounted and the root not yet changed; the filter is in force before the process waits for
/// its start, so that whatever can fail has failed by then.
struct BundlePlan {
    /// What the host looks like, as far as a plan depends on it.
    struct Host: Hashable {
        /// How identifiers of a new user namespace are mapped.
        var mapping = Mapping.direct
        /// What a mount of type `cgroup` shows, by its name beneath the target: the directory of each hierarchy of version 1.
        /// Empty where there is version 2 alone.
        var cgroupViews: [CgroupView] = []
        /// The home of the process's user, for an environment that does not say it.
        var home: String?
    }

    /// One hierarchy in a mount of type `cgroup`.
    struct CgroupView: Hashable {
        var name: String
        var directory: String
    }

    /// Who writes the maps of a user namespace (user_namespaces(7)).
    enum Mapping: Hashable {
        /// The monitor, which is root.
        case direct
        /// The monitor of an ordinary user, who may map only himself, and nobody to set groups.
        case own
        /// newuidmap(1) and newgidmap(1), by path.
        case helpers(uid: String, gid: String)
    }

    var writer: PlanWriter
    let host: Host
    var treeCount: UInt64 = 0

    /// The plan of a bundle's first process.
    static func create(_ launch: BundleLaunch, host: Host, filter: BundleFilter) throws(EngineError) -> [UInt8] {
        let process = launch.spec.process
        guard process?.args?.isEmpty == false || process == nil && launch.gate != nil else {
            throw EngineError(.invalidArgument, "process.args: the container has no program to run")
        }
        var plan = BundlePlan(writer: PlanWriter(mode: SPH_MODE_CREATE), host: host)
        let namespaces = NamespaceWishes(launch.spec)
        try plan.writeHeader(launch, namespaces)
        let places = try plan.addFront(launch, namespaces)
        // In a mount namespace that is joined the host's paths may mean nothing: the monitor goes first, and is followed.
        if namespaces.joinsMounts { plan.addCgroups(launch.spec, launch.cgroup) }
        plan.writer.header.front_count = plan.writer.operationCount
        plan.addMembership(launch.spec, launch.cgroup, namespaces)
        if !launch.keepsKeyring { plan.addKeyring(launch.id) }
        try plan.addFileSystem(launch, namespaces, places)
        plan.addNames(launch.spec)
        try plan.addRootChange(launch, namespaces)
        plan.addPersonality(launch.spec)
        if let process {
            try plan.addProcess(process, filter: filter, makesDirectory: true, drops: plan.dropsGroups(namespaces))
        }
        if launch.gate != nil { plan.writer.add(SPH_OP_CREATED) }
        try plan.addHooks(launch.spec.hooks?.startContainer, launch, status: .created)
        // A container may be made without a process; it then only ever waits, for its runtime refuses the start.
        plan.addProgram(process ?? OCI.Process(cwd: "/", args: ["/"]))
        return try plan.writer.encoded()
    }

    /// The plan of a further process. `namespaces`: CLONE_NEW* flags of those that it joins.
    static func exec(
        _ exec: BundleExec, namespaces: UInt64, host: Host, filter: BundleFilter
    ) throws(EngineError) -> [UInt8] {
        guard let arguments = exec.process.args, !arguments.isEmpty else {
            throw EngineError(.invalidArgument, "process.args: no command specified")
        }
        var plan = BundlePlan(writer: PlanWriter(mode: SPH_MODE_CREATE), host: host)
        plan.writeHeader(exec, namespaces)
        for file in exec.cgroup.joinFiles { plan.addWrite(file, "0") }
        if let score = exec.process.oomScoreAdj { plan.addWrite("/proc/self/oom_score_adj", "\(score)") }
        // Files are written first: with the next operation the container's mount namespace is joined, and what it has put
        // on /proc/self/attr would take the label instead (CVE-2025-52881).
        plan.addLabels(exec.process)
        plan.addPersonality(exec.spec)
        if !exec.keepsKeyring { plan.addKeyring(exec.id) }
        let joinsUsers = namespaces & Namespaces.user != 0
        if joinsUsers { plan.writer.add(SPH_OP_NAMESPACE_ROOT, n1: 0) }
        if exec.process.terminal == true { plan.writer.add(SPH_OP_TERMINAL) }
        if exec.process.rlimits?.isEmpty == false {
            plan.writer.add(SPH_OP_SYNC, n1: UInt64(SPH_SYNC_RLIMITS.rawValue))
        }
        try plan.addProcess(
            exec.process, filter: filter, makesDirectory: false,
            drops: !joinsUsers || exec.process.user.additionalGids?.isEmpty == false)
        if let list = exec.process.execCPUAffinity?.final ?? exec.process.execCPUAffinity?.initial {
            plan.writer.add(SPH_OP_AFFINITY, s1: plan.writer.data(CPUMask.bytes(list)))
        }
        plan.addProgram(exec.process)
        return try plan.writer.encoded()
    }

    /// Whether the process may set its supplementary groups.
    func dropsGroups(_ namespaces: NamespaceWishes) -> Bool { !namespaces.makesUser || host.mapping != .own }

    mutating func addWrite(_ path: String, _ text: String) {
        writer.add(SPH_OP_WRITE_FILE, s1: writer.string(path), s2: writer.data(Array(text.utf8)))
    }

    private mutating func addKeyring(_ id: String) {
        writer.add(SPH_OP_KEYRING, s1: writer.string("_ses.\(id)"))
    }
}

/// A compiled filter and the flags of seccomp(2) that it wants.
struct BundleFilter: Hashable {
    var program: [UInt8] = []
    var flags: UInt64 = 0
}
