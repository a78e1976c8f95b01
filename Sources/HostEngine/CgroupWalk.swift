import Cgroups
import LinuxSystem

/// Walks through the cgroup trees and finds the containers in them: names of directories alone are read.
struct CgroupWalk {
    /// A container that was found.
    struct Found: Hashable {
        var name: CgroupName
        /// Beneath the hierarchy's root, with a slash in front.
        var path: String
        /// The directory itself.
        var directory: String
        /// Changes when the cgroup is made anew.
        var inode: UInt64
    }

    private static let deepest = 12
    /// Larger trees are no host's that one person looks at.
    private static let most = 50_000

    /// One tree is enough where all engines make the same in each; on a hybrid host those that know the tree of version 2
    /// alone, and those that do not know it.
    let roots: [String]

    init(roots: [String]) { self.roots = roots }

    init(_ hierarchies: CgroupHierarchies) {
        var roots: [String] = []
        if let unified = hierarchies.unified { roots.append(unified.mountPoint) }
        if let v1 = hierarchies.v1[.memory] ?? hierarchies.v1[.pids] ?? hierarchies.v1[.cpu] {
            roots.append(v1.mountPoint)
        }
        self.roots = roots
    }

    /// All containers, of several trees each one once.
    func containers() -> [Found] {
        var found: [Found] = []
        var seen: Set<CgroupName> = []
        var left = Self.most
        for root in roots {
            walk(root, [], &left) { one in
                if seen.insert(one.name).inserted { found.append(one) }
            }
        }
        return found
    }

    private func walk(_ root: String, _ above: [String], _ left: inout Int, _ tell: (Found) -> Void) {
        let path = above.isEmpty ? "" : "/" + above.joined(separator: "/")
        guard above.count < Self.deepest, let entries = try? Files.list(root + path) else { return }
        for entry in entries where entry.kind == .directory {
            left -= 1
            guard left > 0 else { return }
            let components = above + [entry.name]
            if let name = CgroupName(components) {
                let own = path + "/" + entry.name
                tell(Found(name: name, path: own, directory: root + own, inode: entry.inode))
                // What a container makes within itself is its own; beneath a service others may be (`Delegate=yes`).
                if name.origin != .service { continue }
            }
            walk(root, components, &left, tell)
        }
    }

    /// A process of the cgroup or of one beneath it: the first of the lowest number of levels.
    static func firstProcess(in directory: String, deep: Int = 4) -> Int32? {
        if let text = try? Files.readText(directory + "/cgroup.procs", limit: 1 << 20),
            let first = text.split(separator: "\n").lazy.compactMap({ Int32($0) }).first(where: { $0 > 0 })
        {
            return first
        }
        guard deep > 0, let entries = try? Files.list(directory) else { return nil }
        for entry in entries where entry.kind == .directory {
            if let pid = firstProcess(in: directory + "/" + entry.name, deep: deep - 1) { return pid }
        }
        return nil
    }

    /// All processes of the cgroup and of those beneath it.
    static func processes(in directory: String, deep: Int = 6) -> [Int32] {
        let text = (try? Files.readText(directory + "/cgroup.procs", limit: 8 << 20)) ?? ""
        var pids = text.split(separator: "\n").compactMap { Int32($0) }.filter { $0 > 0 }
        guard deep > 0, let entries = try? Files.list(directory) else { return pids }
        for entry in entries where entry.kind == .directory {
            pids += processes(in: directory + "/" + entry.name, deep: deep - 1)
        }
        return pids
    }
}
