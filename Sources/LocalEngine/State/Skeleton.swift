import Glibc
import LinuxSystem

/// What every container's root has whatever its image holds: the places where file systems and files are mounted.
///
/// It is the lowest layer of every overlay. Without it a start makes in the container's own layer what the image lacks,
/// and removes it again with the container; and a list of changes would show it.
enum Skeleton {
    private static let directories = ["dev", "etc", "proc", "sys"]
    private static let files = ["etc/hostname", "etc/hosts", "etc/resolv.conf"]

    /// The layer's name as seen from the directory of layers.
    static let layer = "../skeleton"

    /// Makes the layer and the place where overlays are mounted, below an engine's root, unless they are there.
    static func prepare(_ root: String) throws(SystemError) {
        let path = root + "/skeleton"
        if Files.exists(path) { return }
        try Files.makeDirectories(root + "/merged", mode: 0o755)
        let staged = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max))"
        try Files.makeDirectories(staged, mode: 0o755)
        do throws(SystemError) {
            for name in directories { try make(mkdir("\(staged)/\(name)", 0o755), "\(staged)/\(name)", 0o755) }
            for name in files {
                try make(mknod("\(staged)/\(name)", S_IFREG | 0o644, 0), "\(staged)/\(name)", 0o644)
            }
            try make(0, staged, 0o755)
            // Another process that was quicker has made the same.
            guard rename(staged, path) == 0 || errno == ENOTEMPTY || errno == EEXIST
            else { throw SystemError.last("rename", path) }
        } catch {
            try? Files.removeTree(staged)
            throw error
        }
        try Files.removeTree(staged)
    }

    /// What was made gets its mode whatever the caller's umask is.
    private static func make(_ result: Int32, _ path: String, _ mode: mode_t) throws(SystemError) {
        guard result == 0, chmod(path, mode) == 0 else { throw SystemError.last("make", path) }
    }
}
