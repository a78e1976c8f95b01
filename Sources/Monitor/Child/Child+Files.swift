import CLinux
import CMonitorWire

extension Child {
    mutating func makeDevice(_ operation: sph_op) throws(SystemError) {
        var made: Int32 = 0
        try withParent(of: plan.string(operation.s1)) { (parent, name) throws(SystemError) in
            made = monitor_mknod(parent, name, UInt32(truncatingIfNeeded: operation.n1), operation.n2)
            if made == -EPERM, operation.s2.length > 0 { return }
            if made == -EEXIST, operation.n4 == 1, try Self.isDevice(operation, name, in: parent) { return }
            try check(made)
            guard operation.n3 != 0 else { return }
            let uid = UInt32(truncatingIfNeeded: operation.n3 >> 32)
            try check(monitor_chown(parent, name, uid, UInt32(truncatingIfNeeded: operation.n3)))
        }
        guard made == -EPERM else { return }
        let tree = Descriptor(owning: try check(monitor_clone_tree(AT_FDCWD, plan.string(operation.s2), 0)))
        let target = try find(plan.string(operation.s1), orMake: .file)
        try check(monitor_move_mount(tree.number, target.number))
    }

    /// Whether the file that is there is the device that is wanted.
    private static func isDevice(_ operation: sph_op, _ name: CString, in parent: Int32) throws(SystemError) -> Bool {
        let found = Descriptor(
            owning: try check(monitor_openat(parent, name, MONITOR_PATH_ONLY | O_NOFOLLOW, 0)))
        var file = monitor_file()
        try check(monitor_stat(found.number, &file))
        let kind = UInt32(S_IFMT)
        return file.mode & kind == UInt32(truncatingIfNeeded: operation.n1) & kind
            && (file.mode & kind == UInt32(S_IFIFO) || file.device == operation.n2)
    }

    mutating func makeLink(_ operation: sph_op) throws(SystemError) {
        let text = plan.string(operation.s1)
        try withParent(of: plan.string(operation.s2)) { (parent, name) throws(SystemError) in
            let made = monitor_symlink(text, parent, name)
            // An image may bring its own, which is as good.
            if made != -EEXIST { try check(made) }
        }
    }

    mutating func changeDirectory(_ operation: sph_op) throws(SystemError) {
        let path = plan.string(operation.s1)
        let directory: Descriptor
        if operation.n1 == 1 {
            let owner = Owner(
                uid: UInt32(truncatingIfNeeded: operation.n2), gid: UInt32(truncatingIfNeeded: operation.n3))
            directory = try find(path, orMake: .directory, owner: owner)
        } else {
            directory = try find(path)
        }
        try check(monitor_fchdir(directory.number))
    }
}
