import CMonitorWire
import Cgroups
import Engine
import OCI

extension BundlePlan {
    mutating func addFileSystem(
        _ launch: BundleLaunch, _ namespaces: NamespaceWishes, _ places: [Int: UInt64]
    ) throws(EngineError) {
        let spec = launch.spec
        if namespaces.ownsMounts { addPropagation(spec, launch.rootfs) }
        if namespaces.made & Namespaces.network != 0 { writer.add(SPH_OP_LOOPBACK_UP) }
        for (name, value) in (spec.linux?.sysctl ?? [:]).sorted(by: { $0.key < $1.key }) {
            addWrite("/proc/sys/\(Self.path(ofSysctl: name))", value)
        }
        writer.add(SPH_OP_ROOT, s1: writer.string(launch.rootfs), n1: namespaces.ownsMounts ? 1 : 0)
        for (index, mount) in (spec.mounts ?? []).enumerated() {
            try addMount(mount, launch, namespaces, copy: places[index])
        }
        try addDevices(spec)
        if spec.process?.terminal == true { writer.add(SPH_OP_TERMINAL) }
    }

    /// What the container mounts must reach the host only where the configuration says so; and no root can be changed to
    /// that lies on a shared mount. An unbindable one cannot be bound: that comes last.
    private mutating func addPropagation(_ spec: Spec, _ rootfs: String) {
        let wanted = spec.linux?.rootfsPropagation.flatMap { MountOptions.propagations[$0] } ?? 0
        let before = wanted & (MountOptions.isUnbindable | MountOptions.isPrivate) != 0 || wanted == 0
        writer.add(SPH_OP_PROPAGATION, n1: before ? MountOptions.isSlave | MountOptions.recursive : wanted)
        if wanted & MountOptions.isShared != 0 {
            writer.add(SPH_OP_PARENT_PROPAGATION, s1: writer.string(rootfs), n1: MountOptions.isPrivate)
        }
    }

    /// Both spellings of sysctl(8): with slashes dots are part of names.
    private static func path(ofSysctl name: String) -> String {
        guard let separator = name.first(where: { $0 == "." || $0 == "/" }), separator == "." else { return name }
        return String(name.map { $0 == "." ? "/" : $0 == "/" ? "." : $0 })
    }

    private mutating func addMount(
        _ mount: Mount, _ launch: BundleLaunch, _ namespaces: NamespaceWishes, copy: UInt64?
    ) throws(EngineError) {
        let options = MountOptions(mount.options ?? [])
        let destination = mount.destination.hasPrefix("/") ? mount.destination : "/" + mount.destination
        if mount.isBind {
            guard let source = mount.source else {
                throw EngineError(.invalidArgument, "mounts: the bind mount on \(destination) has no source")
            }
            if let copy {
                writer.add(
                    SPH_OP_PLACE, s2: writer.string(destination), n1: options.flags, n2: options.propagation, n3: copy,
                    n4: options.recursiveAttributes)
            } else {
                let path = source.hasPrefix("/") ? source : "\(launch.bundle)/\(source)"
                writer.add(
                    SPH_OP_BIND, s1: writer.string(path), s2: writer.string(destination), n1: options.flags,
                    n2: options.propagation, n4: options.recursiveAttributes)
            }
            return
        }
        if mount.type == "cgroup" {
            addCgroups(mount, options, destination, launch, namespaces)
            return
        }
        addMount(mount.type ?? "none", mount.source, destination, options)
    }

    private mutating func addMount(_ type: String, _ source: String?, _ destination: String, _ options: MountOptions) {
        // A file system that ignores "ro" in its own options is made read-only as a mount.
        writer.add(
            SPH_OP_MOUNT, s1: writer.string(source ?? type), s2: writer.string(destination), s3: writer.string(type),
            s4: writer.string(options.data.joined(separator: ",")),
            n1: options.flags & ~MountOptions.bind | options.recursiveSet & 0xf, n2: options.propagation,
            n3: options.copiesUp ? 1 : 0)
    }

    /// The type `cgroup` stands for whatever the host has (runc's and crun's reading of it): the tree of version 2, or a
    /// directory with the container's own cgroup of every hierarchy of version 1.
    private mutating func addCgroups(
        _ mount: Mount, _ options: MountOptions, _ destination: String, _ launch: BundleLaunch,
        _ namespaces: NamespaceWishes
    ) {
        let hasNamespace = namespaces.made & Namespaces.cgroup != 0 || namespaces.joined.contains { $0.type == .cgroup }
        guard !host.cgroupViews.isEmpty else {
            var own = options
            own.data = []
            if hasNamespace {
                addMount("cgroup2", "cgroup", destination, own)
            } else if let directory = launch.cgroup.v2Directory {
                bind(directory, destination, own.flags)
            }
            return
        }
        var gathering = MountOptions([])
        gathering.flags = options.flags & ~MountOptions.readOnly
        gathering.data = ["mode=755"]
        addMount("tmpfs", "tmpfs", destination, gathering)
        for view in host.cgroupViews { bind(view.directory, "\(destination)/\(view.name)", options.flags) }
        if options.flags & MountOptions.readOnly != 0 {
            writer.add(SPH_OP_ATTRIBUTES, s1: writer.string(destination), n1: MountOptions.readOnly)
        }
    }

    private mutating func bind(_ source: String, _ destination: String, _ flags: UInt64) {
        writer.add(
            SPH_OP_BIND, s1: writer.string(source), s2: writer.string(destination),
            n1: flags | MountOptions.bind | MountOptions.recursive, n2: MountOptions.isSlave | MountOptions.recursive)
    }

    /// The devices that every container has (config-linux.md, "Default Devices"), its own, and the links of /dev; none
    /// where a /dev of the host is bound.
    private mutating func addDevices(_ spec: Spec) throws(EngineError) {
        let mounts = spec.mounts ?? []
        guard mounts.last(where: { $0.destination == "/dev" || $0.destination == "/dev/" })?.isBind != true else {
            return
        }
        let own = spec.linux?.devices ?? []
        let taken = Set(mounts.map(\.destination))
        let named = Set(own.map(\.path))
        for device in Self.defaultDevices where !named.contains(device.path) && !taken.contains(device.path) {
            try add(device)
        }
        for device in own where !taken.contains(device.path) { try add(device) }
        for link in SpecBuilder.standardLinks where !taken.contains(link.path) {
            writer.add(SPH_OP_SYMLINK, s1: writer.string(link.target), s2: writer.string(link.path))
        }
    }

    private mutating func add(_ device: LinuxDevice) throws(EngineError) {
        guard let kind = PlanBuilder.deviceKinds[device.type] else {
            throw EngineError(.invalidArgument, "linux.devices: \(device.path) is of unknown type '\(device.type)'")
        }
        let mode = kind | UInt64((device.fileMode ?? 0o666) & 0o7777)
        writer.add(
            SPH_OP_DEVICE, s1: writer.string(device.path),
            s2: device.type == "p" ? sph_span() : writer.string(device.path),
            n1: mode, n2: DeviceNumber.make(UInt64(clamping: device.major ?? 0), UInt64(clamping: device.minor ?? 0)),
            n3: UInt64(device.uid ?? 0) << 32 | UInt64(device.gid ?? 0), n4: 1)
    }

    private static let defaultDevices: [LinuxDevice] = [
        LinuxDevice(type: "c", path: "/dev/null", major: 1, minor: 3, fileMode: 0o666),
        LinuxDevice(type: "c", path: "/dev/zero", major: 1, minor: 5, fileMode: 0o666),
        LinuxDevice(type: "c", path: "/dev/full", major: 1, minor: 7, fileMode: 0o666),
        LinuxDevice(type: "c", path: "/dev/random", major: 1, minor: 8, fileMode: 0o666),
        LinuxDevice(type: "c", path: "/dev/urandom", major: 1, minor: 9, fileMode: 0o666),
        LinuxDevice(type: "c", path: "/dev/tty", major: 5, minor: 0, fileMode: 0o666),
    ]

    /// Hooks, what is hidden, and the new root.
    mutating func addRootChange(_ launch: BundleLaunch, _ namespaces: NamespaceWishes) throws(EngineError) {
        let spec = launch.spec
        let hooks = spec.hooks
        if hooks?.prestart?.isEmpty == false || hooks?.createRuntime?.isEmpty == false {
            writer.add(SPH_OP_SYNC, n1: UInt64(SPH_SYNC_HOOKS.rawValue))
        }
        if spec.process?.rlimits?.isEmpty == false { writer.add(SPH_OP_SYNC, n1: UInt64(SPH_SYNC_RLIMITS.rawValue)) }
        try addHooks(hooks?.createContainer, launch, status: .creating)
        if let process = spec.process { addLabels(process) }
        if namespaces.ownsMounts {
            for path in spec.linux?.maskedPaths ?? [] { writer.add(SPH_OP_MASK, s1: writer.string(path)) }
            for path in spec.linux?.readonlyPaths ?? [] { writer.add(SPH_OP_READONLY, s1: writer.string(path)) }
        }
        let change = !namespaces.ownsMounts ? SPH_ROOT_CHROOT : launch.noPivot ? SPH_ROOT_MOVE : SPH_ROOT_PIVOT
        writer.add(SPH_OP_PIVOT_ROOT, n1: UInt64(change.rawValue))
        guard namespaces.ownsMounts else { return }
        if let wanted = spec.linux?.rootfsPropagation.flatMap({ MountOptions.propagations[$0] }) {
            writer.add(SPH_OP_ROOT_PROPAGATION, n1: wanted)
        }
        if spec.root?.readonly == true { writer.add(SPH_OP_ROOT_READONLY) }
    }
}
