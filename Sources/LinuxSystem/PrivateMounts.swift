import CLinux
import Glibc

/// Mounts that only one thread sees, in a mount namespace of its own that ends with it: what is mounted there is gone
/// however the thread or its process ends.
public struct PrivateMounts: ~Copyable {
    /// Gives the calling thread a mount namespace of its own for good: it must end afterwards and never be one of Swift's
    /// pool (`runOnOwnThread`). Takes CAP_SYS_ADMIN in the user namespace.
    public init() throws(SystemError) {
        try Self.check(monitor_unshare(Self.newMounts), "unshare")
        // Nothing travels back to the others.
        try Self.check(monitor_mount(nil, "/", nil, Self.recursive | Self.slave, nil), "mount", "/")
    }

    private static let newMounts: Int32 = 0x2_0000
    private static let recursive: UInt64 = 1 << 14
    private static let slave: UInt64 = 1 << 19

    /// Mounts an empty file system in memory on the directory `path`; answers its root.
    public func memory(on path: String) throws(SystemError) -> OwnedDescriptor {
        try Self.check(monitor_mount("tmpfs", path, "tmpfs", 0, "mode=755"), "mount tmpfs", path)
        return try .open(path, O_RDONLY | O_DIRECTORY)
    }

    /// Puts a detached mount on the directory `path`; answers the mount's root.
    public func attach(_ mount: borrowing OwnedDescriptor, on path: String) throws(SystemError) -> OwnedDescriptor {
        let place = try OwnedDescriptor.open(path, OwnedDescriptor.pathOnly | O_DIRECTORY)
        try Self.check(monitor_move_mount(mount.rawValue, place.rawValue), "move_mount", path)
        return try .open(path, O_RDONLY | O_DIRECTORY)
    }

    /// Binds the file or directory `source` of the host, or `subpath` resolved within it, to `target`, which is resolved
    /// with `root` as the root of everything and must exist.
    public func bind(
        _ source: String, subpath: String? = nil, to target: String, in root: borrowing OwnedDescriptor, readOnly: Bool
    ) throws(SystemError) {
        let copied: Int32
        if let subpath {
            let top = try OwnedDescriptor.open(source, OwnedDescriptor.pathOnly)
            let inner = try top.open(at: subpath, OwnedDescriptor.pathOnly, resolve: [.inRoot, .noMagicLinks])
            copied = monitor_clone_tree(inner.rawValue, "", 1)
        } else {
            copied = monitor_clone_tree(AT_FDCWD, source, 1)
        }
        try Self.check(copied, "open_tree", source)
        let tree = OwnedDescriptor(owning: copied)
        if readOnly { try Self.check(monitor_mount_setattr(tree.rawValue, 1, 1, 0, 0), "mount_setattr", source) }
        let place = try root.open(at: target, OwnedDescriptor.pathOnly, resolve: [.inRoot, .noMagicLinks])
        try Self.check(monitor_move_mount(tree.rawValue, place.rawValue), "move_mount", target)
    }

    private static func check(_ result: Int32, _ call: String, _ path: String? = nil) throws(SystemError) {
        if result < 0 { throw SystemError(-result, call, path) }
    }
}
