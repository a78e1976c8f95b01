import Foundation
import Harness

/// The host's cgroup hierarchies, read by their paths.
enum CgroupTree {
    /// Where each hierarchy is mounted: a v1 controller's name, or "" for v2.
    static let mounts: [String: String] = {
        var found: [String: String] = [:]
        for line in Command.text("/proc/self/mountinfo").split(separator: "\n") {
            let halves = line.components(separatedBy: " - ")
            guard halves.count == 2, let path = halves[0].split(separator: " ").dropFirst(4).first else { continue }
            let tail = halves[1].split(separator: " ")
            if tail.first == "cgroup2" { found[""] = String(path) }
            if tail.first == "cgroup" {
                for word in (tail.last ?? "").split(separator: ",") { found[String(word)] = String(path) }
            }
        }
        return found
    }()

    /// Whether limits are set on v2.
    static let isUnified = mounts["memory"] == nil

    /// The directory that all containers of the suite have in common goes with the test process, when it is empty.
    private static let parentsGoAtExit: Void = {
        _ = mounts
        atexit {
            for name in ["/spyhop-conformance", "/spyhop-conformance-relative"] {
                for mount in Set(CgroupTree.mounts.values) { rmdir(mount + name) }
            }
        }
    }()

    static func directories(at path: String) -> [String] {
        _ = parentsGoAtExit
        return existing(path)
    }

    private static func existing(_ path: String) -> [String] {
        Set(mounts.values.map { $0 + path }).filter { access($0, F_OK) == 0 }.sorted()
    }

    /// Ends what is inside and takes the directories away.
    static func remove(_ path: String) {
        for _ in 0..<50 {
            for pid in Command.text(path + "/cgroup.procs").split(separator: "\n").compactMap({ pid_t($0) }) {
                kill(pid, SIGKILL)
            }
            if rmdir(path) == 0 || errno == ENOENT { return }
            usleep(20_000)
        }
    }

    /// A control file of a container, by its v1 controller and file, and its v2 file.
    static func value(_ path: String, _ controller: String, v1: String, v2: String) -> String? {
        let file = isUnified ? "\(mounts[""] ?? "")\(path)/\(v2)" : "\(mounts[controller] ?? "")\(path)/\(v1)"
        guard access(file, R_OK) == 0 else { return nil }
        return Command.text(file).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
