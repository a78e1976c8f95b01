import CMonitorWire
import Cgroups
import Engine
import OCI

extension BundlePlan {
    mutating func writeHeader(_ launch: BundleLaunch, _ namespaces: NamespaceWishes) throws(EngineError) {
        var flags: UInt32 = 0
        if launch.spec.process?.terminal == true { flags |= UInt32(SPH_PLAN_TTY.rawValue) }
        writer.header.clone_flags = namespaces.cloned
        writer.header.passed = UInt32(clamping: 3 + launch.preservedDescriptors)
        writer.header.id = writer.string(launch.id)
        writer.header.cgroup_v2 = writer.string(launch.cgroup.v2Directory)
        writeSize(launch.spec.process)
        if namespaces.makesUser {
            let users = launch.spec.linux?.uidMappings ?? []
            let groups = launch.spec.linux?.gidMappings ?? []
            switch host.mapping {
            case .direct:
                writer.header.uid_map = writer.string(Self.lines(users))
                writer.header.gid_map = writer.string(Self.lines(groups))
            case .own:
                flags |= UInt32(SPH_PLAN_DENY_SETGROUPS.rawValue)
                writer.header.uid_map = writer.string(Self.lines(users))
                writer.header.gid_map = writer.string(Self.lines(groups))
            case .helpers(let uid, let gid):
                writer.header.uid_map_helper = writer.list([uid, "0"] + Self.words(users))
                writer.header.gid_map_helper = writer.list([gid, "0"] + Self.words(groups))
            }
        }
        writer.header.flags = flags
    }

    mutating func writeHeader(_ exec: BundleExec, _ namespaces: UInt64) {
        writer.header.flags = exec.process.terminal == true ? UInt32(SPH_PLAN_TTY.rawValue) : 0
        writer.header.clone_flags = namespaces
        writer.header.target_pid = exec.target
        writer.header.target_start_ticks = exec.targetStartTicks
        writer.header.passed = UInt32(clamping: 3 + exec.preservedDescriptors)
        writer.header.id = writer.string(exec.id)
        writer.header.cgroup_v2 = writer.string(exec.cgroup.v2Directory)
        writeSize(exec.process)
    }

    private mutating func writeSize(_ process: OCI.Process?) {
        writer.header.terminal_rows = UInt16(clamping: process?.consoleSize?.height ?? 0)
        writer.header.terminal_columns = UInt16(clamping: process?.consoleSize?.width ?? 0)
    }

    static func lines(_ mappings: [LinuxIDMapping]) -> String {
        mappings.map { "\($0.containerID) \($0.hostID) \($0.size)\n" }.joined()
    }

    private static func words(_ mappings: [LinuxIDMapping]) -> [String] {
        mappings.flatMap { ["\($0.containerID)", "\($0.hostID)", "\($0.size)"] }
    }

    /// What the monitor does before it makes the process.
    /// - Returns: the number of the copied mount by the index of the bind that it is for.
    mutating func addFront(_ launch: BundleLaunch, _ namespaces: NamespaceWishes) throws(EngineError) -> [Int: UInt64] {
        let spec = launch.spec
        var places: [Int: UInt64] = [:]
        for (index, mount) in (spec.mounts ?? []).enumerated() where mount.isBind {
            let options = MountOptions(mount.options ?? [])
            let isMapped = options.idmapsRecursively != nil || mount.uidMappings?.isEmpty == false
            // Root reaches sources that the container's root would not; an ordinary user reaches no more than his
            // container does, and may copy mounts in no namespace but its own.
            let reachesMore = namespaces.changesUser && host.mapping == .direct
            guard isMapped || reachesMore, let source = mount.source else { continue }
            places[index] = treeCount
            treeCount += 1
            addTree(source, mount, options, isMapped: isMapped, spec, namespaces)
        }
        if let gate = launch.gate {
            writer.add(SPH_OP_GATE, s1: writer.string(gate), s2: writer.string(StartReport.path(beside: gate)))
        }
        for namespace in namespaces.joined {
            writer.add(SPH_OP_JOIN, s1: writer.string(namespace.path), n1: Namespaces.flag(namespace.type))
        }
        return places
    }

    /// An idmapped mount without mappings of its own takes over the container's.
    private mutating func addTree(
        _ source: String, _ mount: Mount, _ options: MountOptions, isMapped: Bool, _ spec: Spec,
        _ namespaces: NamespaceWishes
    ) {
        let hasOwn = mount.uidMappings?.isEmpty == false
        let users = hasOwn ? mount.uidMappings : spec.linux?.uidMappings
        let groups = hasOwn ? mount.gidMappings : spec.linux?.gidMappings
        let path = hasOwn ? nil : namespaces.joined.first { $0.type == .user }?.path
        writer.add(
            SPH_OP_TREE, s1: writer.string(source),
            s2: isMapped && path == nil ? writer.string(Self.lines(users ?? [])) : sph_span(),
            s3: isMapped && path == nil ? writer.string(Self.lines(groups ?? [])) : sph_span(),
            s4: isMapped ? writer.string(path) : sph_span(), n1: options.flags & MountOptions.recursive,
            n2: options.idmapsRecursively == true ? 1 : 0)
    }

    /// Cgroups, the namespaces that hang on them, and the place in the user namespace.
    mutating func addMembership(_ spec: Spec, _ cgroup: ContainerCgroup, _ namespaces: NamespaceWishes) {
        if !namespaces.joinsMounts { addCgroups(spec, cgroup) }
        if namespaces.made & Namespaces.cgroup != 0 { writer.add(SPH_OP_UNSHARE, n1: Namespaces.cgroup) }
        if namespaces.joinsUser || namespaces.makesUser && namespaces.mapsRoot {
            writer.add(SPH_OP_NAMESPACE_ROOT, n1: dropsGroups(namespaces) ? 1 : 0)
        }
        guard namespaces.made & Namespaces.time != 0 else { return }
        let offsets = (spec.linux?.timeOffsets ?? [:]).sorted { $0.key < $1.key }.map { clock, offset in
            "\(clock) \(offset.secs ?? 0) \(offset.nanosecs ?? 0)\n"
        }
        writer.add(SPH_OP_TIME_NAMESPACE, s1: writer.string(offsets.joined()), n1: Namespaces.time)
    }

    /// Into the cgroup of version 2 the monitor clones.
    mutating func addCgroups(_ spec: Spec, _ cgroup: ContainerCgroup) {
        for file in cgroup.joinFiles { addWrite(file, "0") }
        if let score = spec.process?.oomScoreAdj { addWrite("/proc/self/oom_score_adj", "\(score)") }
    }

    mutating func addNames(_ spec: Spec) {
        if let name = spec.hostname, !name.isEmpty { writer.add(SPH_OP_HOSTNAME, s1: writer.string(name)) }
        if let name = spec.domainname, !name.isEmpty { writer.add(SPH_OP_DOMAINNAME, s1: writer.string(name)) }
    }
}
