import Engine

/// Finds the cgroups of processes that others have started: where the kernel says they are, never where they ought to be.
public struct CgroupFinder: Sendable {
    private let hierarchies: CgroupHierarchies

    /// Looks in these hierarchies, as they are mounted here.
    public init(_ hierarchies: CgroupHierarchies) { self.hierarchies = hierarchies }

    /// The directories of a container's cgroups, by the controllers' names, `unified` for cgroup v2; empty where none can be
    /// seen from here.
    /// - Parameters:
    ///   - pid: the container's first process. `/proc/PID/cgroup` tells where it is (cgroups(7)).
    ///   - id: the container's identifier: what stands in a path behind the component that has it was made within the
    ///     container, by a systemd of its own for instance.
    /// - Returns: `nil` when there is no such process, or it may not be looked at.
    public func paths(of pid: Int32, in id: ContainerID) -> [String: String]? {
        guard pid > 0, let bytes = try? ControlFile.read("/proc/\(pid)/cgroup", atMost: 1 << 16), !bytes.isEmpty else {
            return nil
        }
        return paths(membership: bytes, id).filter { ControlFile.exists($0.value) }
    }

    /// The same from the file's bytes, whether the directories are there or not.
    func paths(membership bytes: [UInt8], _ id: ContainerID) -> [String: String] {
        let membership = CgroupMembership(bytes)
        var paths: [String: String] = [:]
        if let unified = hierarchies.unified, let path = Self.own(membership.unified, id) {
            paths[ContainerCgroup.unifiedKey] = Self.joined(unified.mountPoint, path)
        }
        for (controller, hierarchy) in hierarchies.v1 {
            guard let path = Self.own(membership.v1[controller.rawValue], id) else { continue }
            paths[controller.rawValue] = Self.joined(hierarchy.mountPoint, path)
        }
        return paths
    }

    /// A hierarchy's root belongs to the host: its figures would be the host's. A path that climbs is out of sight.
    private static func own(_ path: String?, _ id: ContainerID) -> String? {
        guard let path, path != "/", !path.isEmpty else { return nil }
        let components = path.split(separator: "/")
        guard !components.contains("..") else { return nil }
        guard let place = components.firstIndex(where: { $0.contains(id.rawValue) }) else { return path }
        return "/" + components[...place].joined(separator: "/")
    }

    private static func joined(_ mountPoint: String, _ path: String) -> String {
        mountPoint.hasSuffix("/") ? String(mountPoint.dropLast()) + path : mountPoint + path
    }
}
