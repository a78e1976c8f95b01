import Glibc
import LinuxSystem

/// Which namespaces a process has that this one has not.
enum NamespaceDifference {
    private static let kinds: [(name: String, flag: UInt64)] = [
        ("user", Namespaces.user), ("mnt", Namespaces.mount), ("pid", Namespaces.pid), ("net", Namespaces.network),
        ("ipc", Namespaces.ipc), ("uts", Namespaces.uts), ("cgroup", Namespaces.cgroup), ("time", Namespaces.time),
    ]

    /// CLONE_NEW* flags of the kinds in which the two differ.
    static func flags(of pid: Int32) -> UInt64 {
        kinds.reduce(0) { flags, kind in
            let theirs = link("/proc/\(pid)/ns/\(kind.name)")
            // A process may not join the user namespace that it is in already, and need not join any other such.
            return theirs != nil && theirs != link("/proc/self/ns/\(kind.name)") ? flags | kind.flag : flags
        }
    }

    private static func link(_ path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 64)
        let count = readlink(path, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
