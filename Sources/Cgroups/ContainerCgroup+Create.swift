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
        let parent = try parent.map { text throws(EngineError) in try CgroupPath(text, field: "cgroup parent") }
        var resources = try limits.cgroupResources()
        resources.devices = devices.isEmpty ? nil : devices
        let plan = CreationPlan(
            spot: .named(id, beneath: parent), resources: resources, hierarchies: hierarchies, everyController: false)
        return try make(plan, resources, .asFarAsPossible)
    }

    /// Makes the cgroups of an OCI container and sets what its configuration asks for.
    ///
    /// They are made in every hierarchy, as those who look for a container's figures in `/proc/PID/cgroup` expect. A cgroup
    /// that is there already is taken over when no process is in it.
    /// - Parameters:
    ///   - id: names the cgroup where there is no path.
    ///   - path: the cgroup itself; `nil` makes `<own>/spyhop/<id>`.
    /// - Throws: `EngineError` `.invalidArgument`, `.conflict` when processes are in the cgroup, `.unsupported` for a limit that this
    ///   host cannot hold the container to (with `.completely`), `.system` when the kernel refuses. Nothing that was made is
    ///   left behind then.
    public static func create(
        id: ContainerID, path: CgroupPath?, resources: CgroupResources, _ thoroughness: Thoroughness = .completely,
        in hierarchies: CgroupHierarchies
    ) throws(EngineError) -> Creation {
        let spot = path.map { CreationPlan.Spot.exactly($0) } ?? .named(id, beneath: nil)
        let plan = CreationPlan(spot: spot, resources: resources, hierarchies: hierarchies, everyController: true)
        return try make(plan, resources, thoroughness)
    }

    static func make(
        _ plan: CreationPlan, _ resources: CgroupResources, _ thoroughness: Thoroughness
    ) throws(EngineError) -> Creation {
        let cgroup = ContainerCgroup(paths: plan.paths)
        try plan.makeDirectories()
        do throws(EngineError) {
            return Creation(cgroup: cgroup, warnings: try cgroup.apply(resources, thoroughness))
        } catch {
            try? cgroup.remove()
            throw error
        }
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
    private var takesOver = false

    /// Where the cgroup is to be in every hierarchy.
    enum Spot: Hashable {
        /// In the gathering cgroup at the caller's place, or in another one, under the container's identifier.
        case named(ContainerID, beneath: CgroupPath?)
        /// Here, even if it is there already and empty.
        case exactly(CgroupPath)

        func directory(mountPoint: String, own: String) -> String {
            switch self {
            case .exactly(let path): path.directory(mountPoint: mountPoint, own: own)
            case .named(let id, let parent?): parent.directory(mountPoint: mountPoint, own: own) + "/\(id.rawValue)"
            case .named(let id, nil): "\(own)/\(ContainerCgroup.gatheringName)/\(id.rawValue)"
            }
        }

        var isAbsolute: Bool {
            switch self {
            case .exactly(let path), .named(_, let path?): path.isAbsolute
            case .named: false
            }
        }

        var takesOver: Bool { if case .exactly = self { true } else { false } }
    }

    init(spot: Spot, resources: CgroupResources, hierarchies: CgroupHierarchies, everyController: Bool) {
        takesOver = spot.takesOver
        if let unified = hierarchies.unified, !hierarchies.isUnifiedBarred {
            placeOnV2(unified, on: spot, wanted: resources.wantedOnV2, offered: hierarchies.unifiedControllers)
        }
        for controller in Controller.allCases {
            guard let hierarchy = hierarchies.v1[controller] else { continue }
            let isNeeded = everyController || resources.needsOnV1(controller, besideV2: v2Directory != nil)
            guard isNeeded || controller == .cpu || controller == .cpuset else { continue }
            let directory = spot.directory(mountPoint: hierarchy.mountPoint, own: hierarchy.ownDirectory)
            paths[controller.rawValue] = directory
            if isNeeded && !v1Directories.contains(directory) { v1Directories.append(directory) }
        }
    }

    private mutating func placeOnV2(
        _ unified: CgroupHierarchies.Hierarchy, on spot: Spot, wanted: Set<Controller>, offered: Set<Controller>
    ) {
        let wanted = wanted.intersection(offered)
        // Without controllers to pass on any place will do, and looking at them all costs as much as making the cgroup.
        if !offered.isEmpty {
            var levels = CgroupPlacement.levels(of: unified)
            // A path from the mount point asks for a way down from there, whatever stands in the caller's own place.
            if spot.isAbsolute, let root = levels.last { levels = [root] }
            placement = CgroupPlacement.choose(among: levels, wanted: wanted)
        }
        let directory = spot.directory(
            mountPoint: unified.mountPoint, own: placement?.directory ?? unified.ownDirectory)
        v2Directory = directory
        paths[ContainerCgroup.unifiedKey] = directory
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
            try make(v2Directory) { gathering in
                passControllers(from: placement?.directory ?? gathering, to: gathering)
            }
            made[ContainerCgroup.unifiedKey] = v2Directory
        }
        for directory in v1Directories {
            let isCpuset = directory == paths[Controller.cpuset.rawValue]
            try make(directory) { gathering in
                if isCpuset { CpusetController.inherit(to: gathering) }
            }
            if isCpuset { CpusetController.inherit(to: directory) }
            for (controller, path) in paths where path == directory { made[controller] = path }
        }
    }

    /// Makes one directory, or takes over one that holds no process.
    private func make(_ directory: String, prepare: (String) -> Void) throws(EngineError) {
        do throws(EngineError) {
            try CgroupDirectory.make(directory, prepare: prepare)
        } catch {
            guard takesOver, error.code == .conflict else { throw error }
            let occupants = ContainerCgroup(paths: [ContainerCgroup.unifiedKey: directory]).processes()
            guard occupants.isEmpty else {
                throw EngineError(
                    .conflict, "cgroup \(directory) is in use: \(occupants.count) processes are in it",
                    hint: "give every container a cgroup of its own")
            }
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
        let all = (Controller.wantedOnV2 + Controller.welcomeOnV2).filter(missing.contains)
        do {
            try ControlFile.write(all.map { "+\($0.rawValue)" }.joined(separator: " "), to: path)
        } catch {
            // One that is refused must not keep the others away: the kernel takes all of a write or nothing.
            for controller in all { try? ControlFile.write("+\(controller.rawValue)", to: path) }
        }
    }
}
