import Glibc

/// Which processes live in which pid namespace: how a container's processes are found where it has no cgroup.
public enum PidNamespaces {
    /// Every process that this one may look at, by its pid namespace's number (the inode of /proc/PID/ns/pid). Costs about
    /// three microseconds a process of the machine.
    public static func table() -> [UInt64: [pid_t]] {
        var table: [UInt64: [pid_t]] = [:]
        for entry in (try? Files.list("/proc")) ?? [] {
            guard let pid = pid_t(entry.name), let number = number(of: entry.name) else { continue }
            table[number, default: []].append(pid)
        }
        return table
    }

    /// The processes in the namespace of `pid`; `nil` when it is this process's own, which tells nothing, or cannot be
    /// looked at.
    public static func members(of pid: pid_t, in table: [UInt64: [pid_t]]? = nil) -> [pid_t]? {
        guard let number = number(of: "\(pid)"), number != own else { return nil }
        return (table ?? Self.table())[number]
    }

    private static let own = number(of: "self")

    private static func number(of process: String) -> UInt64? {
        (try? Files.status("/proc/\(process)/ns/pid", followLink: true))??.inode
    }
}
