import Engine
import Glibc

/// Making and removing of directories in a cgroup tree.
enum CgroupDirectory {
    /// Makes `directory` and what is missing above it. `prepare` is called with the directory above once that is there,
    /// before the last is made.
    ///
    /// Another process may remove an empty gathering directory at any moment (its last container ended), so the
    /// way down is walked again a few times.
    static func make(_ directory: String, prepare: (String) -> Void) throws(EngineError) {
        guard let slash = directory.lastIndex(of: "/"), slash > directory.startIndex else {
            throw EngineError(.invalidArgument, "'\(directory)' is no place for a cgroup")
        }
        let above = String(directory[..<slash])
        for _ in 0..<64 {
            prepare(above)
            if mkdir(directory, 0o755) == 0 { return }
            switch errno {
            case ENOENT: try makeAll(above)
            case EEXIST: throw EngineError(.conflict, "cgroup \(directory) exists already")
            case let code: throw refusal(directory, code)
            }
        }
        throw EngineError(.system, "cannot make cgroup \(directory): the one above it keeps vanishing")
    }

    private static func makeAll(_ directory: String) throws(EngineError) {
        if mkdir(directory, 0o755) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = directory.lastIndex(of: "/"), slash > directory.startIndex else {
            throw refusal(directory, errno)
        }
        try makeAll(String(directory[..<slash]))
        // Gone again at once is for the caller's loop.
        if mkdir(directory, 0o755) != 0 && errno != EEXIST && errno != ENOENT { throw refusal(directory, errno) }
    }

    private static func refusal(_ directory: String, _ code: Int32) -> EngineError {
        let hint =
            switch code {
            case EACCES, EPERM, EROFS:
                "run as root, or in a delegated cgroup: systemd-run --user --scope -p Delegate=yes"
            case ENOSPC, EAGAIN: "cgroup.max.descendants or cgroup.max.depth above it is reached"
            default: nil as String?
            }
        return EngineError(.system, "cannot make cgroup \(directory): \(String(cString: strerror(code)))", hint: hint)
    }

    /// Removes a cgroup with all cgroups inside it; `true` when it is gone.
    static func remove(_ directory: String) -> Bool {
        if rmdir(directory) == 0 || errno == ENOENT { return true }
        // A container that manages its own cgroups leaves them behind.
        for name in ControlFile.subdirectories(of: directory) { _ = remove(directory + "/" + name) }
        return rmdir(directory) == 0 || errno == ENOENT
    }
}
