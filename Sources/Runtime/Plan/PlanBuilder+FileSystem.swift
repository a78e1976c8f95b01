import CMonitorWire
import Engine
import LinuxSystem
import OCI

extension PlanBuilder {
    mutating func addFileSystem(_ spec: Spec, _ bundle: Bundle, _ root: Root) throws(EngineError) {
        addPropagation(spec, bundle.root)
        let namespaces = spec.linux?.namespaces ?? []
        if namespaces.contains(where: { $0.type == .network }) { writer.add(SPH_OP_LOOPBACK_UP) }
        addSysctls(spec.linux?.sysctl ?? [:])
        if let score = spec.process?.oomScoreAdj { addWrite("/proc/self/oom_score_adj", "\(score)", tries: true) }
        for tree in bundle.trees { addTree(tree, on: bundle.root) }
        try addRoot(bundle.root, root, bundle)
        for mount in spec.mounts ?? [] { try addMount(mount) }
        try addDevices(spec)
        if let name = spec.hostname { writer.add(SPH_OP_HOSTNAME, s1: writer.string(name)) }
        if let name = spec.domainname { writer.add(SPH_OP_DOMAINNAME, s1: writer.string(name)) }
    }

    /// Mounts of the host may come in where a bind asks for it (slave); they go out only where one asks for that (shared):
    /// then the container's root must lie on a mount of its own, or it would appear on the host.
    private mutating func addPropagation(_ spec: Spec, _ root: Bundle.Root) {
        let shares = (spec.mounts ?? []).contains { mount in
            mount.isBind && MountOptions(mount.options ?? []).propagation & MountOptions.isShared != 0
        }
        guard shares else {
            writer.add(SPH_OP_PROPAGATION, n1: MountOptions.isSlave | MountOptions.recursive)
            return
        }
        writer.add(SPH_OP_PROPAGATION, n1: MountOptions.isShared | MountOptions.recursive)
        let place =
            switch root {
            case .directory(let path): path
            case .overlay(_, _, _, _, let merged): merged
            }
        writer.add(SPH_OP_PARENT_PROPAGATION, s1: writer.string(place), n1: MountOptions.isPrivate)
    }

    /// The host's /proc/sys shows the namespaces of whoever writes, so this needs no mount of the container's.
    private mutating func addSysctls(_ values: [String: String]) {
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            let path = String(name.map { $0 == "." ? "/" : $0 })
            // What nobody asked for may fail.
            addWrite("/proc/sys/\(path)", value, tries: SpecBuilder.openNetwork[name] == value)
        }
    }

    /// A tree is made on the place of the container's root, which is still free.
    private mutating func addTree(_ tree: Bundle.Tree, on root: Bundle.Root) {
        let place =
            switch root {
            case .directory(let path): path
            case .overlay(_, _, _, _, let merged): merged
            }
        switch tree {
        case .layers(let layers, let base, let writable, let path):
            let options = overlayOptions(layers, writable.map { ($0.upper, $0.work) }, isVolatile: true)
            writer.add(
                SPH_OP_LAYERS, s1: writer.string(base), s2: writer.string(options), s3: writer.string(place),
                s4: writer.string(path), n1: writable == nil ? MountOptions.readOnly : 0)
        case .secret(let bytes, let mode, let uid, let gid):
            writer.add(
                SPH_OP_SECRET, s2: writer.data(bytes), s3: writer.string(place), n1: UInt64(mode),
                n2: UInt64(uid) << 32 | UInt64(gid))
        }
    }

    private func overlayOptions(_ layers: [String], _ writable: (upper: String, work: String)?, isVolatile: Bool)
        -> String
    {
        var options = "lowerdir=\(OverlayOption.distinct(layers).map(OverlayOption.escaped).joined(separator: ":"))"
        if let writable {
            options += ",upperdir=\(OverlayOption.escaped(writable.upper))"
            options += ",workdir=\(OverlayOption.escaped(writable.work))"
            if isVolatile { options += ",volatile" }
        }
        // The trusted attributes are not for a user namespace's root (kernel, filesystems/overlayfs).
        return footing.isRoot ? options : options + ",userxattr"
    }

    /// What is written must survive the machine unless the container is removed at its end. Then the overlay's unmounting,
    /// which writes out the whole file system beneath it, is spared; the kernel mounts these directories only once.
    private mutating func addRoot(_ source: Bundle.Root, _ root: Root, _ bundle: Bundle) throws(EngineError) {
        switch source {
        case .directory(let path):
            writer.add(SPH_OP_ROOT, s1: writer.string(path), n1: 1)
        case .overlay(let base, let layers, let upper, let work, let merged):
            guard !layers.isEmpty else { throw EngineError(.invalidArgument, "the image has no layers to start from") }
            var options = overlayOptions(layers, (upper, work), isVolatile: bundle.autoRemove)
            // With userxattr the kernel does neither by itself.
            if bundle.usesUpper, footing.isRoot { options += ",redirect_dir=off,metacopy=off,index=off" }
            writer.add(
                SPH_OP_OVERLAY, s1: writer.string(base), s2: writer.string(options), s3: writer.string(merged))
            writer.add(SPH_OP_ROOT, s1: writer.string(merged))
        }
    }

    private mutating func addMount(_ mount: Mount) throws(EngineError) {
        let options = MountOptions(mount.options ?? [])
        if mount.type == SpecBuilder.tree {
            guard let index = mount.source.flatMap({ UInt64($0) }) else {
                throw EngineError(.invalidArgument, "cannot mount on \(mount.destination): it has no source")
            }
            writer.add(SPH_OP_PLACE, s2: writer.string(mount.destination), n1: options.flags, n3: index)
            return
        }
        if mount.isBind {
            guard let source = mount.source, source.hasPrefix("/") else {
                throw EngineError(.invalidArgument, "cannot mount on \(mount.destination): its source is not absolute")
            }
            writer.add(
                SPH_OP_BIND, s1: writer.string(source), s2: writer.string(mount.destination),
                s3: writer.string(options.subpath), n1: options.flags, n2: options.propagation,
                n3: options.makesSource ? 1 : 0, n4: options.recursiveAttributes)
            if options.makesTopReadOnly {
                writer.add(SPH_OP_ATTRIBUTES, s1: writer.string(mount.destination), n1: MountOptions.readOnly)
            }
            return
        }
        writer.add(
            SPH_OP_MOUNT, s1: writer.string(mount.source ?? mount.type), s2: writer.string(mount.destination),
            s3: writer.string(mount.type ?? "none"), s4: writer.string(options.data.joined(separator: ",")),
            n1: options.flags)
    }

    /// Device files and links, unless the person has put a /dev of their own there.
    private mutating func addDevices(_ spec: Spec) throws(EngineError) {
        let mounts = spec.mounts ?? []
        guard mounts.last(where: { $0.destination == "/dev" })?.isBind != true else { return }
        let taken = Set(mounts.map(\.destination))
        for device in spec.linux?.devices ?? [] where !taken.contains(device.path) {
            guard let kind = Self.deviceKinds[device.type] else {
                throw EngineError(.invalidArgument, "device \(device.path) is of unknown type '\(device.type)'")
            }
            let owner = UInt64(device.uid ?? 0) << 32 | UInt64(device.gid ?? 0)
            writer.add(
                SPH_OP_DEVICE, s1: writer.string(device.path),
                s2: footing.isRoot ? sph_span() : writer.string(device.path),
                n1: kind | UInt64(device.fileMode ?? 0o666),
                n2: DeviceNumber.make(UInt64(clamping: device.major ?? 0), UInt64(clamping: device.minor ?? 0)),
                n3: owner)
        }
        for link in SpecBuilder.standardLinks {
            writer.add(SPH_OP_SYMLINK, s1: writer.string(link.target), s2: writer.string(link.path))
        }
    }

    static let deviceKinds: [String: UInt64] = ["c": 0o020000, "u": 0o020000, "b": 0o060000, "p": 0o010000]

    mutating func addProtection(_ spec: Spec, _ root: Root) {
        for path in spec.linux?.maskedPaths ?? [] { writer.add(SPH_OP_MASK, s1: writer.string(path)) }
        for path in spec.linux?.readonlyPaths ?? [] { writer.add(SPH_OP_READONLY, s1: writer.string(path)) }
        writer.add(SPH_OP_PIVOT_ROOT)
        if root.readonly == true { writer.add(SPH_OP_ROOT_READONLY) }
    }
}
