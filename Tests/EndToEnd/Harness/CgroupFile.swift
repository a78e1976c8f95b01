import Foundation
import Harness

/// Control files of processes that another engine put into cgroups.
enum CgroupFile {
    /// The value for the process's own cgroup, on whichever version the controller is; empty when there is none.
    static func value(of pid: String, _ controller: String, v1: String, v2: String) -> String {
        for line in Command.text("/proc/\(pid)/cgroup").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3 else { continue }
            if parts[1].split(separator: ",").contains(Substring(controller)) {
                return read("/sys/fs/cgroup/\(controller)\(parts[2])/\(v1)")
            }
            if parts[0] == "0", access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0 {
                return read("/sys/fs/cgroup\(parts[2])/\(v2)")
            }
        }
        return ""
    }

    /// Ends what is left in an engine's parent directory, and takes it away.
    static func remove(named name: String) {
        let hierarchies = (try? FileManager.default.contentsOfDirectory(atPath: "/sys/fs/cgroup")) ?? []
        let parents = hierarchies.map { "/sys/fs/cgroup/\($0)/\(name)" } + ["/sys/fs/cgroup/\(name)"]
        // What was killed a moment ago may still be a zombie that holds its cgroup.
        _ = Command.eventually(attempts: 100) { parents.map(isGone).allSatisfy { $0 } }
    }

    private static func isGone(_ path: String) -> Bool {
        for child in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            let inside = Command.text("\(path)/\(child)/cgroup.procs").split(separator: "\n")
            inside.compactMap { pid_t($0) }.filter { $0 > 1 }.forEach { kill($0, SIGKILL) }
            rmdir("\(path)/\(child)")
        }
        return rmdir(path) == 0 || errno == ENOENT
    }

    private static func read(_ path: String) -> String {
        Command.text(path).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
