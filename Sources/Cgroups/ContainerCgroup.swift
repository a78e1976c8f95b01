import Engine

/// A container's cgroups: one directory in each hierarchy that is needed.
///
/// On pure version 2 that is one directory. On a hybrid host the version 2 directory serves for cloning into, freezing,
/// killing, CPU time and pressure, and version 1 directories exist for memory, pids, blkio and devices; those
/// for cpu and cpuset are made only when a limit wants them, because each costs start time.
public struct ContainerCgroup: Sendable, Hashable {
    /// The directory by controller name, `unified` for version 2: `SampleTarget.cgroupPaths`, to be kept in the
    /// container's record. A directory for `cpu` or `cpuset` need not exist before a limit wants it.
    public let paths: [String: String]

    /// The key of the version 2 directory in `paths`.
    public static let unifiedKey = "unified"
    /// The cgroup in which containers' cgroups are gathered when no other parent is asked for.
    static let gatheringName = "spyhop"

    /// A container's cgroups as its record names them; nothing is made or checked.
    public init(paths: [String: String]) { self.paths = paths }

    /// The version 2 directory, for `CLONE_INTO_CGROUP`, `cgroup.freeze` and `cgroup.kill`.
    public var v2Directory: String? { paths[Self.unifiedKey] }

    /// The version 1 files to which a thread writes `0` to move itself into the container; only directories
    /// that exist.
    public var joinFiles: [String] {
        v1Directories.map { $0 + "/tasks" }.filter(ControlFile.exists)
    }

    /// Every directory to remove when the container is gone, deepest first, the gathering ones at the end (they go
    /// with their last container). Some may not exist: ENOENT, and ENOTEMPTY or EBUSY of the gathering ones, are no failure.
    public var directories: [String] {
        let own = (v2Directory.map { [$0] } ?? []) + v1Directories
        return own + own.compactMap(Self.gatheringDirectory)
    }

    /// The file that counts OOM kills (`oom_kill N` among its lines): `memory.events` or `memory.oom_control`.
    public var oomPath: String? {
        if let memory = paths[Controller.memory.rawValue] { return memory + "/memory.oom_control" }
        guard let v2Directory, ControlFile.exists(v2Directory + "/memory.events") else { return nil }
        return v2Directory + "/memory.events"
    }

    /// Version 1's `freezer.state`, where version 2 cannot freeze.
    public var v1FreezerPath: String? {
        if let v2Directory, ControlFile.exists(v2Directory + "/cgroup.freeze") { return nil }
        return paths[Controller.freezer.rawValue].map { $0 + "/freezer.state" }
    }

    /// The distinct version 1 directories, in a fixed order: controllers mounted together share one.
    var v1Directories: [String] {
        var seen: Set<String> = []
        return Controller.allCases.compactMap { paths[$0.rawValue] }.filter { seen.insert($0).inserted }
    }

    /// The directory in which `controller` of this container is steered, and by which version; `nil` when the host
    /// has no such controller for it.
    func place(of controller: Controller) -> Place? {
        if let directory = paths[controller.rawValue] { return Place(directory: directory, isV2: false) }
        return v2Directory.map { Place(directory: $0, isV2: true) }
    }

    /// A directory and the version whose files are in it.
    struct Place: Hashable {
        let directory: String
        let isV2: Bool

        func path(_ name: String) -> String { directory + "/" + name }
    }

    static func gatheringDirectory(of directory: String) -> String? {
        guard let slash = directory.lastIndex(of: "/") else { return nil }
        let parent = directory[..<slash]
        return parent.hasSuffix("/" + gatheringName) ? String(parent) : nil
    }
}
