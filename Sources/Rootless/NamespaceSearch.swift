import CLinux
import Glibc
import LinuxSystem

/// Looks for processes of this user's spyhop: what keeps his namespace when the keeper was killed.
enum NamespaceSearch {
    /// What is looked for.
    struct Found {
        var pid: pid_t
        /// A keeper, or else a container's monitor.
        var isKeeper: Bool
    }

    /// The user's keepers and monitors in another user namespace than this process's. `uid` is his number here.
    static func processes(uid: UInt32) -> [Found] {
        guard let entries = try? Files.list("/proc"), let own = namespaceNumber("self") else { return [] }
        return entries.compactMap { entry in
            guard let pid = pid_t(entry.name), (try? Files.status("/proc/\(pid)"))??.uid == uid,
                let name = try? Files.readText("/proc/\(pid)/comm", limit: 64)
            else { return nil }
            let isKeeper = name == SPH_KEEPER_NAME + "\n"
            guard isKeeper || name == "spyhop-monitor\n", let other = namespaceNumber("\(pid)"), other != own,
                Processes.livingStartTicks(pid) != nil
            else { return nil }
            return Found(pid: pid, isKeeper: isKeeper)
        }
    }

    /// A namespace to join, a keeper's before a monitor's; only one that the user himself has made.
    static func namespace(uid: UInt32) -> OwnedDescriptor? {
        for found in processes(uid: uid).sorted(by: { $0.isKeeper && !$1.isKeeper }) {
            guard let namespace = try? UserNamespace.open(of: found.pid),
                (try? UserNamespace.owner(of: namespace)) == uid
            else { continue }
            return namespace
        }
        return nil
    }

    private static func namespaceNumber(_ process: String) -> UInt64? {
        (try? Files.status("/proc/\(process)/ns/user", followLink: true))??.inode
    }
}
