import CLinux
import CMonitorWire

extension Child {
    mutating func takeRoot(_ operation: sph_op) throws(SystemError) {
        let path = plan.string(operation.s1)
        if operation.n1 == 1 {
            try check(monitor_mount(path, path, nil, MountFlags.bind | MountFlags.recursive, nil))
        }
        // Opened after whatever was mounted here, so that the descriptor is the new mount's root.
        root = Descriptor(owning: try check(monitor_open(path, MONITOR_PATH_ONLY | O_DIRECTORY, 0)))
    }

    func mountOverlay(_ operation: sph_op) throws(SystemError) {
        if operation.s1.length > 0 { try check(monitor_chdir(plan.string(operation.s1))) }
        let options = plan.string(operation.s2)
        let overlay = ("overlay" as StaticString).c
        // mount(2) takes one page of options and silently cuts the rest.
        if operation.s2.length < 4095 {
            try check(monitor_mount(overlay, plan.string(operation.s3), overlay, operation.n1, options))
        } else {
            let mount = try FileSystem.open(overlay, overlay, options, MountFlags(operation.n1))
            let target = Descriptor(
                owning: try check(monitor_open(plan.string(operation.s3), MONITOR_PATH_ONLY | O_DIRECTORY, 0)))
            try check(monitor_move_mount(mount.number, target.number))
        }
        try check(monitor_chdir(("/" as StaticString).c))
    }

    mutating func mountFileSystem(_ operation: sph_op) throws(SystemError) {
        let place = plan.string(operation.s2)
        let target = try find(place, orMake: .directory)
        let type = plan.string(operation.s3)
        // What hides parts of these later goes by the same path: a link could be made to lead elsewhere meanwhile.
        if same(type, "proc") || same(type, "sysfs") { try refuseLink(place) }
        do throws(SystemError) {
            let mount = try FileSystem.open(
                type, plan.string(operation.s1), plan.string(operation.s4), MountFlags(operation.n1))
            if operation.n3 == 1 { try check(monitor_copy_tree(target.number, mount.number)) }
            try check(monitor_move_mount(mount.number, target.number))
            if operation.n2 != 0 { try spread(mount.number, MountFlags(operation.n2)) }
        } catch {
            // E2BIG, ENAMETOOLONG: one option is longer than the 255 bytes that fsconfig takes.
            guard error.code == ENOSYS || error.code == E2BIG || error.code == ENAMETOOLONG else { throw error }
            // In a variable: the path's memory must outlive the call.
            let path = DescriptorPath(target.number)
            let options = plan.optionalString(operation.s4)
            try check(monitor_mount(plan.string(operation.s1), path.c, type, operation.n1, options))
        }
    }

    private mutating func refuseLink(_ path: CString) throws(SystemError) {
        let root = try rootDescriptor()
        let found = Descriptor(owning: try check(monitor_open_in_root(root, path, MONITOR_PATH_ONLY | O_NOFOLLOW)))
        // The descriptor's last mention would otherwise be its end, before it is looked at.
        defer { withExtendedLifetime(found) {} }
        guard try kind(of: found.number) == .directory else { throw SystemError(code: ENOTDIR) }
    }

    mutating func bind(_ operation: sph_op) throws(SystemError) {
        let source = plan.string(operation.s1)
        let flags = MountFlags(operation.n1)
        let recursive: Int32 = flags.has(MountFlags.recursive) ? 1 : 0
        var copied: Int32
        if let within = plan.optionalString(operation.s3) {
            let top = Descriptor(owning: try check(monitor_open(source, MONITOR_PATH_ONLY, 0)))
            let inner = Descriptor(
                owning: try check(monitor_open_in_root(top.number, within, MONITOR_PATH_ONLY)))
            copied = monitor_clone_tree(inner.number, ("" as StaticString).c, recursive)
            withExtendedLifetime(top) {}
            withExtendedLifetime(inner) {}
        } else {
            copied = monitor_clone_tree(AT_FDCWD, source, recursive)
        }
        if copied == -ENOENT, operation.n3 == 1 {
            try HostDirectory.make(source)
            copied = monitor_clone_tree(AT_FDCWD, source, recursive)
        }
        let tree = Descriptor(owning: try check(copied))
        let target = try find(plan.string(operation.s2), orMake: try kind(of: tree.number))
        try setRecursively(tree.number, operation.n4)
        try attach(tree.number, to: target.number, flags, propagation: MountFlags(operation.n2))
    }

    /// Puts a copy that the monitor made in its place.
    mutating func place(_ operation: sph_op) throws(SystemError) {
        guard Int(operation.n3) < trees.count else { throw SystemError(code: EINVAL) }
        let tree = trees[Int(operation.n3)]
        let target = try find(plan.string(operation.s2), orMake: try kind(of: tree))
        try setRecursively(tree, operation.n4)
        try attach(tree, to: target.number, MountFlags(operation.n1), propagation: MountFlags(operation.n2))
    }

    /// Attributes of a mount and all below it (`rro`, `rnosuid` and the like): which to set, and << 32 which to clear.
    private func setRecursively(_ tree: Int32, _ attributes: UInt64) throws(SystemError) {
        guard attributes != 0 else { return }
        try check(monitor_mount_setattr(tree, 1, attributes & 0xffff_ffff, attributes >> 32, 0))
    }

    private func spread(_ tree: Int32, _ propagation: MountFlags) throws(SystemError) {
        let recursive: Int32 = propagation.has(MountFlags.recursive) ? 1 : 0
        try check(monitor_mount_setattr(tree, recursive, 0, 0, propagation.raw & MountFlags.propagation))
    }

    /// Sets attributes and propagation on a detached copy and puts it in its place.
    private func attach(
        _ tree: Int32, to target: Int32, _ flags: MountFlags, propagation: MountFlags
    ) throws(SystemError) {
        let spread = propagation.raw & MountFlags.propagation
        let set = flags.attributes
        var old = false
        do throws(SystemError) {
            if set != 0 || flags.cleared != 0 {
                let recursive: Int32 = flags.has(MountFlags.recursive) ? 1 : 0
                try check(monitor_mount_setattr(tree, recursive, set, flags.cleared, 0))
            }
        } catch {
            guard error.code == ENOSYS else { throw error }
            old = true
        }
        try check(monitor_move_mount(tree, target))
        guard old else {
            // Only now: a mount that lies nowhere has no peers to share with.
            if spread != 0 { try self.spread(tree, propagation) }
            return
        }
        // Linux 5.10 and 5.11 have no mount_setattr(2): the attached mount is changed through its descriptor.
        let path = DescriptorPath(tree)
        if set != 0 || flags.cleared != 0 {
            let changed = flags.raw & ~MountFlags.recursive | MountFlags.remount | MountFlags.bind
            try check(monitor_mount(nil, path.c, nil, changed, nil))
        }
        if spread != 0 { try check(monitor_mount(nil, path.c, nil, propagation.raw, nil)) }
    }

    func kind(of descriptor: Int32) throws(SystemError) -> Missing {
        var file = monitor_file()
        try check(monitor_stat(descriptor, &file))
        return file.mode & UInt32(S_IFMT) == UInt32(S_IFDIR) ? .directory : .file
    }

    // MARK: - Hiding and protecting

    mutating func makeReadOnly(_ operation: sph_op) throws(SystemError) {
        guard let target = try findIfThere(plan.string(operation.s1)) else { return }
        let tree = Descriptor(owning: try check(monitor_clone_tree(target.number, ("" as StaticString).c, 1)))
        let flags = MountFlags(MountFlags.readOnly | MountFlags.recursive)
        try attach(tree.number, to: target.number, flags, propagation: MountFlags(0))
    }

    mutating func mask(_ operation: sph_op) throws(SystemError) {
        guard let target = try findIfThere(plan.string(operation.s1)) else { return }
        switch try kind(of: target.number) {
        case .directory:
            var copy: Int32 = -1
            if maskedDirectory.isOpen { copy = monitor_clone_tree(maskedDirectory.number, ("" as StaticString).c, 0) }
            let tree =
                copy >= 0
                ? Descriptor(owning: copy)
                : try FileSystem.open(
                    ("tmpfs" as StaticString).c, ("tmpfs" as StaticString).c, ("" as StaticString).c,
                    MountFlags(MountFlags.readOnly))
            try check(monitor_move_mount(tree.number, target.number))
            maskedDirectory = tree
        case .file:
            if !maskedFile.isOpen { maskedFile = try nullDevice() }
            let copied = try check(monitor_clone_tree(maskedFile.number, ("" as StaticString).c, 0))
            let tree = Descriptor(owning: copied)
            try check(monitor_move_mount(tree.number, target.number))
            maskedFile = tree
        }
    }

    private mutating func findIfThere(_ path: CString) throws(SystemError) -> Descriptor? {
        do throws(SystemError) {
            return try find(path)
        } catch {
            guard error.code == ENOENT || error.code == ENOTDIR else { throw error }
            return nil
        }
    }

    /// The container's /dev/null, else the host's; never something that an image put in its place.
    private mutating func nullDevice() throws(SystemError) -> Descriptor {
        let own = monitor_open_in_root(try rootDescriptor(), ("dev/null" as StaticString).c, MONITOR_PATH_ONLY)
        if own >= 0 {
            let device = Descriptor(owning: own)
            var file = monitor_file()
            try check(monitor_stat(device.number, &file))
            if file.mode & UInt32(S_IFMT) == UInt32(S_IFCHR), file.device == 0x103 { return device }
        }
        return Descriptor(owning: try check(monitor_open(("/dev/null" as StaticString).c, MONITOR_PATH_ONLY, 0)))
    }

    // MARK: - The root

    mutating func changeRoot(_ operation: sph_op) throws(SystemError) {
        switch sph_root_change(rawValue: UInt32(truncatingIfNeeded: operation.n1)) {
        case SPH_ROOT_MOVE: try moveRoot()
        case SPH_ROOT_CHROOT: try enterRoot()
        default: try pivotRoot()
        }
    }

    /// On an initramfs, which cannot be pivoted away from.
    private mutating func moveRoot() throws(SystemError) {
        let slash = ("/" as StaticString).c
        try check(monitor_fchdir(try rootDescriptor()))
        try check(monitor_mount(("." as StaticString).c, slash, nil, MountFlags.move, nil))
        try enterRoot()
    }

    private mutating func enterRoot() throws(SystemError) {
        try check(monitor_fchdir(try rootDescriptor()))
        try check(monitor_chroot(("." as StaticString).c))
        try check(monitor_chdir(("/" as StaticString).c))
    }

    private mutating func pivotRoot() throws(SystemError) {
        let here = ("." as StaticString).c
        let slash = ("/" as StaticString).c
        let old = Descriptor(owning: try check(monitor_open(slash, MONITOR_PATH_ONLY | O_DIRECTORY, 0)))
        try check(monitor_fchdir(try rootDescriptor()))
        try check(monitor_pivot_root(here, here))
        // The old root lies on the new one now, and only its own descriptor leads there. Its unmounting must not travel
        // to the host, whatever the plan made of the propagation.
        try check(monitor_fchdir(old.number))
        try check(monitor_mount(nil, here, nil, MountFlags.slave | MountFlags.recursive, nil))
        try check(monitor_detach(here))
        try check(monitor_chdir(("/" as StaticString).c))
    }

    mutating func makeRootReadOnly() throws(SystemError) {
        let changed = monitor_mount_setattr(try rootDescriptor(), 0, MountFlags.readOnly, 0, 0)
        guard changed == -ENOSYS else {
            try check(changed)
            return
        }
        let flags = MountFlags.remount | MountFlags.bind | MountFlags.readOnly
        try check(monitor_mount(nil, ("/" as StaticString).c, nil, flags, nil))
    }
}
