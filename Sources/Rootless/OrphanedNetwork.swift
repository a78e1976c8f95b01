import CLinux
import Glibc
import LinuxSystem

/// A namespace whose keeper was killed while containers run: their monitors still have it and the pipe that keeps it.
struct OrphanedNetwork: ~Copyable {
    let namespace: OwnedDescriptor
    /// The pipe's reading end, which tells when the last of those monitors has gone.
    let hold: OwnedDescriptor

    /// What the record of a dead keeper names, looked for among the descriptors of the monitors.
    static func find(runRoot: String) -> OrphanedNetwork? {
        guard let text = try? Files.readText("\(runRoot)/\(SPH_NETNS_RECORD)", limit: 256) else { return nil }
        let numbers = text.split(whereSeparator: { $0 == " " || $0 == "\n" }).compactMap { UInt64($0) }
        guard numbers.count == 4, let entries = try? Files.list("/proc") else { return nil }
        for pid in entries.compactMap({ pid_t($0.name) }) {
            guard (try? Files.readText("/proc/\(pid)/comm", limit: 64)) == "spyhop-monitor\n",
                let found = find(in: pid, namespace: numbers[2], pipe: numbers[3])
            else { continue }
            return found
        }
        return nil
    }

    private static func find(in pid: pid_t, namespace: UInt64, pipe: UInt64) -> OrphanedNetwork? {
        let directory = "/proc/\(pid)/fd"
        guard let entries = try? Files.list(directory) else { return nil }
        var paths: [UInt64: String] = [:]
        for path in entries.map({ "\(directory)/\($0.name)" }) {
            guard let facts = (try? Files.status(path, followLink: true)) ?? nil else { continue }
            paths[facts.inode] = path
        }
        guard let space = paths[namespace].flatMap({ try? OwnedDescriptor.open($0) }),
            let hold = paths[pipe].flatMap({ try? OwnedDescriptor.open($0, O_RDONLY | O_NONBLOCK) })
        else { return nil }
        return OrphanedNetwork(namespace: space, hold: hold)
    }
}
