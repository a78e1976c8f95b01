import CLinux
import Glibc

/// Mounts that are attached nowhere (fsopen(2), fsmount(2)): they live as long as their descriptor, no path leads to
/// them and no crash leaves them behind.
public enum DetachedMount {
    /// The joined file system of a container that does not run: lower directories from the top one down, and the
    /// writable directories where it is to be written. The descriptor is the root directory's.
    ///
    /// - Parameter keepsWhole: what is renamed or changed is always wholly in the upper directory, whatever the kernel's
    ///   defaults are, and the end of the mount writes nothing out: for an upper directory that becomes a layer.
    public static func overlay(
        lower: [String], upper: String? = nil, work: String? = nil, keepsWhole: Bool = false
    ) throws(SystemError) -> OwnedDescriptor {
        let lower = OverlayOption.distinct(lower)
        // A single directory without a writable one is no overlay (the kernel asks for two): it is its own root.
        if upper == nil, lower.count == 1 { return try OwnedDescriptor.open(lower[0], O_RDONLY | O_DIRECTORY) }
        var writable: [String] = []
        if let upper, let work {
            writable = ["upperdir", OverlayOption.escaped(upper), "workdir", OverlayOption.escaped(work)]
        }
        // With userxattr the kernel does none of it by itself, and refuses to be told.
        if keepsWhole, UserNamespace.isInitial {
            writable += ["redirect_dir", "off", "metacopy", "off", "index", "off"]
        }
        let volatile = keepsWhole ? "volatile" : nil
        // One value holds 255 bytes (fsconfig(2)): layers go in one by one, which Linux before 6.5 does not know.
        let fd = mount(lower.flatMap { ["lowerdir+", $0] } + writable, volatile, isWritable: upper != nil)
        if fd < 0, errno == EINVAL { return try joined(lower, writable, volatile, isWritable: upper != nil) }
        guard fd >= 0 else { throw SystemError.last("mount overlay", lower.first) }
        return OwnedDescriptor(owning: fd)
    }

    /// As Linux before 6.5 wants it.
    static func joined(
        _ lower: [String], _ writable: [String], _ flag: String?, isWritable: Bool
    ) throws(SystemError) -> OwnedDescriptor {
        guard let first = lower.first else { throw SystemError(EINVAL, "mount overlay") }
        let directory = Files.directory(of: first)
        // Short names, so that a page of options holds hundreds of layers.
        let names = lower.map {
            Files.directory(of: $0) == directory ? String($0.dropFirst(directory.utf8.count + 1)) : $0
        }
        var options = ["lowerdir=" + names.map(OverlayOption.escaped).joined(separator: ":")]
        options += stride(from: 0, to: writable.count - 1, by: 2).map { "\(writable[$0])=\(writable[$0 + 1])" }
        options += [UserNamespace.isInitial ? nil : "userxattr", flag].compactMap(\.self)
        return try NamespaceMount.overlay(options: options, from: directory, on: first, readOnly: !isWritable)
    }

    private static func mount(_ options: [String], _ flag: String?, isWritable: Bool) -> Int32 {
        let strings = options.map { strdup($0) }
        defer { for text in strings { free(text) } }
        // A user namespace's root may not use the trusted attributes (kernel, filesystems/overlayfs).
        let flags = [UserNamespace.isInitial ? nil : "userxattr", flag].compactMap(\.self).map { strdup($0) }
        defer { for text in flags { free(text) } }
        let pairs: [UnsafePointer<CChar>?] =
            flags.flatMap { [UnsafePointer($0), nil] } + strings.map { UnsafePointer($0) }
        let end: [UnsafePointer<CChar>?] = [nil]
        return (pairs + end).withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { sph_detached_mount("overlay", $0, isWritable ? 0 : 1) } ?? -1
        }
    }
}
