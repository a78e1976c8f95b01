import Foundation

/// Looks on the host for what a test may have left behind.
package enum HostTraces {
    /// `process PID COMMAND` for every process whose command line or environment names `text`.
    package static func processes(mentioning text: String) -> [String] {
        let own = "\(getpid())"
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.filter { $0 != own && Int($0) != nil }.compactMap { pid in
            guard let command = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline"), !command.isEmpty else {
                return nil
            }
            let words = String(decoding: command, as: UTF8.self).replacingOccurrences(of: "\0", with: " ")
            return words.contains(text) ? "process \(pid) \(words)" : nil
        }
    }

    /// Whether a process runs; a zombie that its parent has not waited for does not.
    package static func isAlive(_ pid: pid_t) -> Bool {
        guard let status = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return false }
        // The state follows the name, which is in parentheses and may hold any of them.
        let tail = String(decoding: status, as: UTF8.self).split(separator: ")").last ?? ""
        return !["Z", "X"].contains(tail.split(separator: " ").first ?? "X")
    }

    /// Mounts in the host's own namespace that name `text`.
    package static func mounts(mentioning text: String) -> [String] {
        let table = FileManager.default.contents(atPath: "/proc/self/mountinfo") ?? Data()
        return String(decoding: table, as: UTF8.self).split(separator: "\n").filter { $0.contains(text) }
            .map { "mount \($0)" }
    }

    /// Cgroup directories named by one of `identifiers`, in any hierarchy.
    package static func cgroups(of identifiers: [String]) -> [String] {
        guard !identifiers.isEmpty else { return [] }
        let hierarchies = (try? FileManager.default.contentsOfDirectory(atPath: "/sys/fs/cgroup")) ?? []
        var found: [String] = []
        for hierarchy in hierarchies {
            let tree = URL(filePath: "/sys/fs/cgroup/\(hierarchy)")
            guard let walker = FileManager.default.enumerator(at: tree, includingPropertiesForKeys: nil) else {
                continue
            }
            for case let url as URL in walker where identifiers.contains(where: { url.lastPathComponent.contains($0) })
            {
                found.append("cgroup \(url.path)")
            }
        }
        return found
    }
}
