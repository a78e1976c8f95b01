import CLinux
import Glibc

/// Mounts that are attached nowhere (fsopen(2), fsmount(2)): they live as long as their descriptor, no path leads to
/// them and no crash leaves them behind.
public enum DetachedMount {
    /// The joined file system of a container that does not run: lower directories from the top one down, and the
    /// writable directories where it is to be written. The descriptor is the root directory's.
    public static func overlay(
        lower: [String], upper: String? = nil, work: String? = nil
    ) throws(SystemError) -> OwnedDescriptor {
        var options = ["lowerdir", lower.map(OverlayOption.escaped).joined(separator: ":")]
        if let upper, let work {
            options += ["upperdir", OverlayOption.escaped(upper), "workdir", OverlayOption.escaped(work)]
        }
        // A single directory without a writable one is no overlay (the kernel asks for two): it is its own root.
        if upper == nil, lower.count == 1 { return try OwnedDescriptor.open(lower[0], O_RDONLY | O_DIRECTORY) }
        let strings = options.map { strdup($0) }
        defer { for text in strings { free(text) } }
        let pointers: [UnsafePointer<CChar>?] = strings.map { UnsafePointer($0) } + [nil]
        let fd = pointers.withUnsafeBufferPointer { buffer in
            // A user namespace's root may not use the trusted attributes (kernel, filesystems/overlayfs).
            let flag = UserNamespace.isInitial ? nil : "userxattr"
            return buffer.baseAddress.map { sph_detached_mount("overlay", $0, flag, upper == nil ? 1 : 0) } ?? -1
        }
        guard fd >= 0 else { throw SystemError.last("mount overlay", lower.first) }
        return OwnedDescriptor(owning: fd)
    }
}
