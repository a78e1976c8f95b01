import Engine

/// Which controller lives in which hierarchy on this host, and where the caller itself stands in each.
///
/// Made once: everything else asks this table and need not know whether the host is pure version 2, version 1,
/// or a hybrid with version 1 controllers beside a version 2 tree.
public struct CgroupHierarchies: Sendable, Hashable {
    /// The three ways in which hosts mount cgroups.
    public enum Mode: String, Sendable, Hashable {
        /// Every controller is in the one tree of version 2.
        case v2
        /// A version 2 tree beside version 1 hierarchies.
        case hybrid
        /// Version 1 hierarchies alone.
        case v1
    }

    /// One mounted hierarchy.
    public struct Hierarchy: Sendable, Hashable {
        /// Where it is mounted.
        public let mountPoint: String
        /// The directory of the caller's own cgroup; the mount point when that is not to be seen from here.
        public let ownDirectory: String

        /// Makes a hierarchy from absolute paths.
        public init(mountPoint: String, ownDirectory: String) {
            self.mountPoint = mountPoint
            self.ownDirectory = ownDirectory
        }
    }

    /// The version 2 tree, where there is one.
    public let unified: Hierarchy?
    /// Controllers that the version 2 tree has at the caller's place or above it.
    public let unifiedControllers: Set<Controller>
    /// The version 1 hierarchy of each controller that has one; controllers mounted together share a value.
    public let v1: [Controller: Hierarchy]

    /// Hierarchies in which this process may make no cgroup: its containers then have none there.
    private(set) var isUnifiedBarred = false

    /// Makes a table from what is already known.
    public init(unified: Hierarchy?, unifiedControllers: Set<Controller>, v1: [Controller: Hierarchy]) {
        self.unified = unified
        self.unifiedControllers = unifiedControllers
        self.v1 = v1
    }

    /// How this host mounts cgroups.
    public var mode: Mode {
        if unified == nil { return .v1 }
        return v1.isEmpty ? .v2 : .hybrid
    }

    /// Reads the table from `/proc/self/mountinfo` and `/proc/self/cgroup`.
    /// - Throws: `EngineError` `.unsupported` when no cgroup hierarchy is mounted, `.system` when /proc is not readable.
    public static func detect() throws(EngineError) -> CgroupHierarchies {
        do {
            let mounts = try ControlFile.read("/proc/self/mountinfo", atMost: 4 << 20)
            let membership = try ControlFile.read("/proc/self/cgroup", atMost: 1 << 16)
            return try detect(mountInfo: mounts, membership: membership)
        } catch let error as EngineError {
            throw error
        } catch {
            throw EngineError(.system, "cannot find out how cgroups are mounted", cause: error)
        }
    }

    /// The table without the hierarchies in which this process may make no cgroup, as it is where a user was not
    /// delegated one: containers do without. The tree of version 2 stays to be seen.
    public func reachable() -> CgroupHierarchies {
        var table = CgroupHierarchies(
            unified: unified, unifiedControllers: unifiedControllers,
            v1: v1.filter { ControlFile.isWritable($1.ownDirectory) })
        table.isUnifiedBarred = unified.map { !CgroupPlacement.levels(of: $0).contains(where: \.isWritable) } ?? false
        return table
    }

    /// Whether containers get cgroups at all.
    public var givesCgroups: Bool { !v1.isEmpty || (unified != nil && !isUnifiedBarred) }

    /// Makes the table from the two files' bytes (proc_pid_mountinfo(5), cgroups(7)).
    /// - Throws: `EngineError` `.unsupported` when they name no cgroup hierarchy.
    public static func detect(mountInfo: [UInt8], membership: [UInt8]) throws(EngineError) -> CgroupHierarchies {
        let places = CgroupMembership(membership)
        var unified: Hierarchy?
        var v1: [Controller: Hierarchy] = [:]
        for mount in CgroupMount.all(in: mountInfo) {
            if mount.isUnified {
                // A later mount of the same tree (a container's view, say) is not the host's own.
                unified = unified ?? mount.hierarchy(of: places.unified)
                continue
            }
            for controller in mount.controllers where v1[controller] == nil {
                v1[controller] = mount.hierarchy(of: places.v1[controller.rawValue])
            }
        }
        guard unified != nil || !v1.isEmpty else {
            throw EngineError(
                .unsupported, "no cgroup hierarchy is mounted", hint: "mount -t cgroup2 none /sys/fs/cgroup")
        }
        return CgroupHierarchies(
            unified: unified, unifiedControllers: unified.map(controllersOffered) ?? [], v1: v1)
    }

    /// A controller is on offer when the root of what we see has it: placement looks for a level that passes it on.
    private static func controllersOffered(by hierarchy: Hierarchy) -> Set<Controller> {
        guard let bytes = try? ControlFile.read(hierarchy.mountPoint + "/cgroup.controllers") else { return [] }
        return Controller.set(named: bytes)
    }
}

extension Controller {
    /// The controllers in a space-separated list such as `cgroup.controllers`; names that we do not use are left out.
    static func set(named bytes: [UInt8]) -> Set<Controller> {
        var found: Set<Controller> = []
        for word in bytes.split(whereSeparator: { $0 == 0x20 || $0 == 0x0a }) {
            if let controller = Controller(rawValue: String(decoding: word, as: UTF8.self)) { found.insert(controller) }
        }
        return found
    }
}
