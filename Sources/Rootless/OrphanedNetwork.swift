import CLinux
import Glibc
import LinuxSystem

/// A namespace whose keeper was killed while containers run: their monitors still have it and the pipe that keeps it, and so
/// do commands that use it.
struct OrphanedNetwork: ~Copyable {
    let namespace: OwnedDescriptor
    /// The pipe's reading end, which tells when the last of those monitors has gone.
    let hold: OwnedDescriptor

    /// What the record of a dead keeper names, looked for among the descriptors of this user's spyhop.
    static func find(runRoot: String) -> OrphanedNetwork? {
        guard let text = try? Files.readText("\(runRoot)/\(SPH_NETNS_RECORD)", limit: 256) else { return nil }
        let numbers = text.split(whereSeparator: { $0 == " " || $0 == "\n" }).compactMap { UInt64($0) }
        guard numbers.count == 4, let entries = try? Files.list("/proc") else { return nil }
        for pid in entries.compactMap({ pid_t($0.name) }) {
            guard let name = try? Files.readText("/proc/\(pid)/comm", limit: 64), holders.contains(name),
                let found = find(in: pid, namespace: numbers[2], pipe: numbers[3])
            else { continue }
            return found
        }
        return nil
    }

    private static let holders = ["spyhop-monitor\n", "spyhop\n"]

    private static func find(in pid: pid_t, namespace: UInt64, pipe: UInt64) -> OrphanedNetwork? {
        let directory = "/proc/\(pid)/fd"
        guard let entries = try? Files.list(directory) else { return nil }
        let paths = entries.map { "\(directory)/\($0.name)" }
        func path(to what: String) -> String? { paths.first { target($0) == what } }
        guard let space = path(to: "net:[\(namespace)]").flatMap({ try? OwnedDescriptor.open($0) }),
            let hold = path(to: "pipe:[\(pipe)]").flatMap({ try? OwnedDescriptor.open($0, O_RDONLY | O_NONBLOCK) })
        else { return nil }
        return OrphanedNetwork(namespace: space, hold: hold)
    }

    /// What a link of /proc/PID/fd says; `nil` when it is gone. Such names are short.
    private static func target(_ path: String) -> String? {
        var text = [CChar](repeating: 0, count: 64)
        let count = readlink(path, &text, text.count)
        guard count > 0 else { return nil }
        return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
