/// Decides where in the version 2 tree containers' cgroups go.
///
/// Version 2 gives controllers only to children of a cgroup that holds no process itself ("no internal processes",
/// Documentation/admin-guide/cgroup-v2.rst), the real root excepted. The caller stands in its own cgroup, so this
/// own cgroup is mostly barred: then the nearest ancestor is taken that is writable, holds no process and has the
/// controllers. Under systemd that is the slice above the session's scope, in a delegated service the service's
/// own inner node.
struct CgroupPlacement: Hashable {
    /// What is known of one level of the tree.
    struct Level: Hashable {
        var directory: String
        /// The root of the whole tree, to which the rule does not apply.
        var isRoot: Bool
        var hasProcesses: Bool
        var isWritable: Bool
        /// What it could pass on.
        var controllers: Set<Controller>
        /// What it already passes on: it then needs no further right to do so.
        var enabled: Set<Controller>

        /// The controllers that children made here can have.
        var grantable: Set<Controller> {
            guard isWritable else { return [] }
            return isRoot || !hasProcesses ? controllers.union(enabled) : enabled
        }
    }

    /// The directory beneath which `spyhop/<id>` goes.
    var directory: String
    /// The controllers that its children can have.
    var controllers: Set<Controller>

    /// Without these a container cannot be held to its limits: a level that lacks one is the last resort.
    private static let essential: Set<Controller> = [.cpu, .memory, .pids]

    /// Chooses among the levels from the caller's own up to the root.
    static func choose(among levels: [Level], wanted: Set<Controller>) -> CgroupPlacement? {
        guard let own = levels.first else { return nil }
        // Beside version 1 controllers the tree has none to give, and the rule is no obstacle.
        if wanted.isEmpty { return CgroupPlacement(directory: own.directory, controllers: []) }
        let needed = wanted.intersection(essential)
        let best =
            levels.first { wanted.isSubset(of: $0.grantable) }
            ?? levels.first { needed.isSubset(of: $0.grantable) && !needed.isEmpty }
            ?? levels.first { !$0.grantable.isDisjoint(with: wanted) }
            ?? levels.first { $0.isWritable }
        let passed = wanted.union(Controller.welcomeOnV2)
        return best.map { CgroupPlacement(directory: $0.directory, controllers: $0.grantable.intersection(passed)) }
    }

    /// Looks at the tree from the caller's place to the mount point.
    static func levels(of hierarchy: CgroupHierarchies.Hierarchy) -> [Level] {
        var levels: [Level] = []
        var directory = hierarchy.ownDirectory
        while true {
            levels.append(level(at: directory))
            guard directory.utf8.count > hierarchy.mountPoint.utf8.count,
                let slash = directory.lastIndex(of: "/"), slash > directory.startIndex
            else { return levels }
            directory = String(directory[..<slash])
        }
    }

    private static func level(at directory: String) -> Level {
        let processes = (try? ControlFile.read(directory + "/cgroup.procs")) ?? []
        let controllers = (try? ControlFile.read(directory + "/cgroup.controllers")) ?? []
        let enabled = (try? ControlFile.read(directory + "/cgroup.subtree_control")) ?? []
        return Level(
            directory: directory,
            // Only the true root has no type; the root of a cgroup namespace has one.
            isRoot: !ControlFile.exists(directory + "/cgroup.type"),
            hasProcesses: !processes.isEmpty,
            isWritable: ControlFile.isWritable(directory)
                && ControlFile.isWritable(directory + "/cgroup.subtree_control"),
            controllers: Controller.set(named: controllers), enabled: Controller.set(named: enabled))
    }
}
