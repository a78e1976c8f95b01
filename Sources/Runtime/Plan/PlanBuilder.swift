import CMonitorWire
import Cgroups
import Engine
import OCI

/// Turns a runtime-spec configuration and its bundle into the plan that a monitor carries out. Pure: no file is read.
///
/// The order of a container's start:
/// 1. join the cgroups, then unshare the cgroup namespace: its root is where the process stands at that moment;
/// 2. cut mount propagation, so that nothing mounted from here on is seen by the host;
/// 3. network, root file system, mounts, devices; then the terminal, which needs /dev/pts;
/// 4. hide and protect paths, once all that could lie on them is mounted; change the root;
/// 5. give up rights, and let the filter be the last thing before exec. Without no_new_privs installing a filter takes
///    CAP_SYS_ADMIN, so where that goes the filter comes first: then it also meets the calls that give rights up, which
///    docker's profile allows. An init is left behind after all this and has no more rights than the command.
struct PlanBuilder {
    var writer: PlanWriter
    let footing: Footing

    /// A container's plan.
    /// - Parameters:
    ///   - filter: the seccomp program, empty for none.
    ///   - probe: the plan of the bundle's health check.
    /// - Returns: the plan, and the descriptors that its monitor is to be handed from `SPH_FD_PASSED` on.
    static func run(
        _ spec: Spec, _ bundle: Bundle, cgroup: ContainerCgroup, filter: [UInt8], probe: [UInt8]? = nil
    ) throws(EngineError) -> (plan: [UInt8], passed: [Int32]) {
        guard let process = spec.process, let root = spec.root, let arguments = process.args, !arguments.isEmpty else {
            throw EngineError(.invalidArgument, "the container's configuration has no process or no root")
        }
        var builder = PlanBuilder(writer: PlanWriter(mode: SPH_MODE_RUN), footing: bundle.footing)
        builder.writeRunHeader(spec, bundle, cgroup)
        if let check = bundle.health?.check, let probe { builder.writeHealth(check, plan: probe) }
        builder.joinCgroups(cgroup)
        let passed = bundle.network.map { builder.addNetwork($0) } ?? []
        if spec.linux?.namespaces?.contains(where: { $0.type == .cgroup }) == true {
            builder.writer.add(SPH_OP_UNSHARE, n1: Namespaces.cgroup)
        }
        // With the caller's keyring a container could read what he keeps there.
        builder.writer.add(SPH_OP_KEYRING, s1: builder.writer.string("_ses.\(bundle.id.rawValue)"))
        try builder.addFileSystem(spec, bundle, root)
        if process.terminal == true { builder.writer.add(SPH_OP_TERMINAL) }
        builder.addProtection(spec, root)
        try builder.addProcess(process, makesDirectory: true, usesInit: bundle.useInit, filter: filter)
        return (try builder.writer.encoded(), passed)
    }

    /// The plan of a further process in a running container.
    static func exec(
        _ request: ExecRequest, process: OCI.Process, joinFiles: [String], filter: [UInt8]
    ) throws(EngineError) -> [UInt8] {
        guard let command = process.args?.first, !command.isEmpty else {
            throw EngineError(.invalidArgument, "no command specified")
        }
        var builder = PlanBuilder(writer: PlanWriter(mode: SPH_MODE_EXEC), footing: request.footing)
        builder.writeExecHeader(request)
        for file in joinFiles { builder.addWrite(file, "0") }
        builder.writer.add(SPH_OP_KEYRING, s1: builder.writer.string("_ses.\(request.id.rawValue)"))
        if request.tty { builder.writer.add(SPH_OP_TERMINAL) }
        try builder.addProcess(process, makesDirectory: false, usesInit: false, filter: filter)
        return try builder.writer.encoded()
    }

    private mutating func joinCgroups(_ cgroup: ContainerCgroup) {
        // Into the version 2 cgroup the monitor clones; each version 1 hierarchy is joined by the process itself.
        for file in cgroup.joinFiles { addWrite(file, "0") }
    }

    mutating func addWrite(_ path: String, _ text: String, tries: Bool = false) {
        writer.add(
            tries ? SPH_OP_TRY_WRITE_FILE : SPH_OP_WRITE_FILE, s1: writer.string(path),
            s2: writer.data(Array(text.utf8)))
    }
}

/// The kernel's namespace flags (clone(2)).
enum Namespaces {
    static let mount: UInt64 = 0x0002_0000
    static let cgroup: UInt64 = 0x0200_0000
    static let uts: UInt64 = 0x0400_0000
    static let ipc: UInt64 = 0x0800_0000
    static let user: UInt64 = 0x1000_0000
    static let pid: UInt64 = 0x2000_0000
    static let network: UInt64 = 0x4000_0000
    /// Not for clone(2), whose exit signal lies in the same bits.
    static let time: UInt64 = 0x80

    /// The flag of a kind.
    static func flag(_ kind: LinuxNamespace.Kind) -> UInt64 {
        switch kind {
        case .pid: pid
        case .network: network
        case .mount: mount
        case .ipc: ipc
        case .uts: uts
        case .user: user
        case .cgroup: cgroup
        case .time: time
        }
    }
}
