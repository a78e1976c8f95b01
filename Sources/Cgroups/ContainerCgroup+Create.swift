import Engine
import Glibc

extension ContainerCgroup {
    /// What making a container's cgroups came to.
    public struct Creation: Sendable, Hashable {
        /// The cgroups, made.
        public let cgroup: ContainerCgroup
        /// Sentences for the person: limits that this host cannot hold the container to.
        public let warnings: [String]
    }

    /// Makes the cgroups of container `id` and sets its limits and devices.
    ///
    /// They go beneath the caller's own cgroup of each hierarchy (`<own>/spyhop/<id>`); on version 2 beneath the
    /// nearest ancestor that may give controllers to children (see `CgroupPlacement`). `parent` names another place:
    /// absolute from each hierarchy's mount point, otherwise from the caller's place.
    /// - Throws: `EngineError` `.invalidArgument` for senseless limits or parents, `.conflict` when the cgroup exists,
    ///   `.system` when the kernel refuses. Nothing is left behind then.
    public static func create(
        id: ContainerID, limits: ResourceLimits, parent: String? = nil, devices: [DeviceRule] = DeviceRule.standard,
        in hierarchies: CgroupHierarchies
    ) throws(EngineError) -> Creation {
        try limits.check()
        let parent = try parent.map { text throws(EngineError) in try CgroupParent(text) }
        let plan = CreationPlan(id: id, limits: limits, parent: parent, hierarchies: hierarchies)
        let cgroup = ContainerCgroup(paths: plan.paths)
        try plan.makeDirectories()
        do throws(EngineError) {
            var warnings = devices.isEmpty ? [] : try cgroup.allow(devices)
            warnings += try cgroup.apply(limits)
            return Creation(cgroup: cgroup, warnings: warnings)
        } catch {
            try? cgroup.remove()
            throw error
        }
    }
}

/// A parent that the person named (`--cgroup-parent`).
struct CgroupParent: Hashable {
    let text: String

    init(_ text: String) throws(EngineError) {
        let isSafe = !text.utf8.contains(0) && !text.split(separator: "/").contains { $0 == ".." || $0 == "." }
        guard isSafe, text.contains(where: { $0 != "/" }) else {
            throw EngineError(.invalidArgument, "cgroup parent '\(text)' is not a path of cgroup names")
        }
        self.text = text
    }

    /// The directory it names in a hierarchy where the caller stands at `own`.
    func directory(mountPoint: String, own: String) -> String {
        let names = text.split(separator: "/").joined(separator: "/")
        return (text.hasPrefix("/") ? mountPoint : own) + "/" + names
    }
}

/// Which directories a new container gets, decided before the first is made.
struct CreationPlan: Hashable {
    private(set) var paths: [String: String] = [:]
    /// The level that passes controllers on and those it can pass.
    private var placement: CgroupPlacement?
    /// Distinct directories to make now; version 1.
    private var v1Directories: [String] = []
    private var v2Directory: String?

    init(id: ContainerID, limits: ResourceLimits, parent: CgroupParent?, hierarchies: CgroupHierarchies) {
        if let unified = hierarchies.unified, !hierarchies.isUnifiedBarred {
            let wanted = Set(Controller.wantedOnV2).intersection(hierarchies.unifiedControllers)
            placeOnV2(unified, wanted: wanted, parent: parent, id: id)
        }
        for controller in Controller.allCases {
            guard let hierarchy = hierarchies.v1[controller] else { continue }
            let isNeeded = Self.isNeeded(controller, limits: limits, hasV2: v2Directory != nil)
            guard isNeeded || controller == .cpu || controller == .cpuset else { continue }
            let gathering =
                parent?.directory(mountPoint: hierarchy.mountPoint, own: hierarchy.ownDirectory)
                ?? "\(hierarchy.ownDirectory)/\(ContainerCgroup.gatheringName)"
            let directory = "\(gathering)/\(id.rawValue)"
            paths[controller.rawValue] = directory
            if isNeeded && !v1Directories.contains(directory) { v1Directories.append(directory) }
        }
    }

    private mutating func placeOnV2(
        _ unified: CgroupHierarchies.Hierarchy, wanted: Set<Controller>, parent: CgroupParent?, id: ContainerID
    ) {
        // Without controllers to pass on any place will do, and looking at them all costs as much as making the cgroup.
        if !wanted.isEmpty {
            var levels = CgroupPlacement.levels(of: unified)
            // A parent from the mount point asks for a way down from there, whatever stands in the caller's own place.
            if let parent, parent.text.hasPrefix("/"), let root = levels.last { levels = [root] }
            placement = CgroupPlacement.choose(among: levels, wanted: wanted)
        }
        let base = placement?.directory ?? unified.ownDirectory
        let gathering =
            parent?.directory(mountPoint: unified.mountPoint, own: base) ?? "\(base)/\(ContainerCgroup.gatheringName)"
        let directory = "\(gathering)/\(id.rawValue)"
        v2Directory = directory
        paths[ContainerCgroup.unifiedKey] = directory
    }

    /// Whether a version 1 directory is wanted from the start.
    static func isNeeded(_ controller: Controller, limits: ResourceLimits, hasV2: Bool) -> Bool {
        switch controller {
        case .memory, .pids, .blkio, .devices: true
        case .cpu: limits.wantsCPUController
        case .cpuset: limits.wantsCpusetController
        // Version 2 counts CPU time and freezes better, and needs no further directory for it.
        case .cpuacct, .freezer: !hasV2
        case .io: false
        }
    }

    /// Makes the directories, all or none: one that was there before belongs to somebody else and stays.
    func makeDirectories() throws(EngineError) {
        var made: [String: String] = [:]
        do throws(EngineError) {
            try makeDirectories(&made)
        } catch {
            try? ContainerCgroup(paths: made).remove()
            throw error
        }
    }

    /// `made` gets each directory when it is there, as `ContainerCgroup.paths`.
    private func makeDirectories(_ made: inout [String: String]) throws(EngineError) {
        if let v2Directory {
            try CgroupDirectory.make(v2Directory) { gathering in
                passControllers(from: placement?.directory ?? gathering, to: gathering)
            }
            made[ContainerCgroup.unifiedKey] = v2Directory
        }
        for directory in v1Directories {
            let isCpuset = directory == paths[Controller.cpuset.rawValue]
            try CgroupDirectory.make(directory) { gathering in
                if isCpuset { CpusetController.inherit(to: gathering) }
            }
            if isCpuset { CpusetController.inherit(to: directory) }
            for (controller, path) in paths where path == directory { made[controller] = path }
        }
    }

    /// Enables controllers on every level from the placement's down to `gathering`. What a level refuses shows
    /// later as a warning, when a limit finds no file.
    private func passControllers(from top: String, to gathering: String) {
        guard let placement, !placement.controllers.isEmpty else { return }
        var level = top
        var rest = gathering.dropFirst(top.count).split(separator: "/")[...]
        while true {
            ControllerGrant.give(placement.controllers, at: level)
            guard let next = rest.popFirst() else { return }
            level += "/" + next
        }
    }
}

/// Passing controllers on to a cgroup's children.
enum ControllerGrant {
    static func give(_ controllers: Set<Controller>, at directory: String) {
        let path = directory + "/cgroup.subtree_control"
        guard let enabled = try? ControlFile.read(path) else { return }
        let missing = controllers.subtracting(Controller.set(named: enabled))
        guard !missing.isEmpty else { return }
        let all = Controller.wantedOnV2.filter(missing.contains)
        do {
            try ControlFile.write(all.map { "+\($0.rawValue)" }.joined(separator: " "), to: path)
        } catch {
            // One that is refused must not keep the others away: the kernel takes all of a write or nothing.
            for controller in all { try? ControlFile.write("+\(controller.rawValue)", to: path) }
        }
    }
}
