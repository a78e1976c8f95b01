import Cgroups
import Engine
import LinuxSystem

/// The file `cgroups` of a container: which directories its newest start was given, one `name path` a line.
///
/// A file and not a column: it changes with every start, and readers of figures need it without the database.
enum CgroupFile {
    static func write(_ cgroup: ContainerCgroup, to path: String) throws(SystemError) {
        let text = cgroup.paths.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
        try Files.writeAtomically(Array(text.utf8), to: path, mode: 0o640)
    }

    /// `nil` when the container was never started; without any directory where the user may make none.
    static func read(_ path: String) -> ContainerCgroup? {
        guard let text = try? Files.readText(path, limit: 64 << 10) else { return nil }
        var paths: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let space = line.firstIndex(of: " ") else { continue }
            paths[String(line[..<space])] = String(line[line.index(after: space)...])
        }
        return ContainerCgroup(paths: paths)
    }
}
