import Engine

/// A container's cgroups as systemd makes them: a transient scope, delegated (systemd, "Control Group APIs and Delegation").
public struct SystemdScope: Sendable, Hashable {
    /// Whose systemd it is.
    public let bus: SystemdBus
    /// The scope's name, to be kept in the container's record.
    public let unit: String

    /// Names a scope; nobody is asked.
    public init(unit: String, bus: SystemdBus) {
        self.unit = unit
        self.bus = bus
    }

    /// A scope that was made.
    public struct Opening {
        /// The scope.
        public let scope: SystemdScope
        /// Its cgroups, with their limits.
        public let creation: ContainerCgroup.Creation
        /// Keeps the scope until the container's process is in it; to be ended then.
        public let holder: ScopeHolder
    }

    /// Asks systemd for a scope and sets its limits.
    /// - Throws: `EngineError` `.unsupported` without systemd, or for a limit that this host cannot hold the container to (with
    ///   `.completely`); `.conflict` when there is such a unit; `.system` when systemd or the kernel refuses. Nothing is left
    ///   behind then.
    public static func create(
        _ path: SystemdUnitPath, description: String, resources: CgroupResources,
        _ thoroughness: Thoroughness = .completely, on bus: SystemdBus, in hierarchies: CgroupHierarchies
    ) throws(EngineError) -> Opening {
        let manager = try SystemdManager(bus)
        let holder = try ScopeHolder()
        let isV2 = hierarchies.mode == .v2
        let properties = SystemdProperty.scope(path, description: description, holder: holder.pid, isV2: isV2)
        try manager.start(path.unit, properties + SystemdProperty.limits(resources, isV2: isV2))
        var cgroup = ContainerCgroup(paths: [:])
        do throws(EngineError) {
            let place = try CgroupPath(try manager.cgroup(of: path.unit))
            cgroup = self.cgroup(at: place, resources, hierarchies)
            try makeDirectories(of: cgroup, hierarchies)
            if hierarchies.mode == .v1 { handOver(holder, cgroup, path.unit, manager) }
            return Opening(
                scope: SystemdScope(unit: path.unit, bus: bus),
                creation: .init(cgroup: cgroup, warnings: try cgroup.apply(resources, thoroughness)), holder: holder)
        } catch {
            holder.end()
            try? manager.stop(path.unit)
            try? cgroup.remove()
            throw error
        }
    }

    /// Changes limits of a scope that runs.
    /// - Throws: as `ContainerCgroup.apply`, and `.system` when systemd refuses.
    public func update(
        _ resources: CgroupResources, of cgroup: ContainerCgroup, _ thoroughness: Thoroughness = .completely
    ) throws(EngineError) -> [String] {
        // The check belongs before systemd's writing too.
        if resources.memory.checkBeforeUpdate == true { _ = try cgroup.apply(resources, thoroughness) }
        let isV2 = !cgroup.paths.isEmpty && cgroup.v1Directories.isEmpty
        try SystemdManager(bus).set(SystemdProperty.limits(resources, isV2: isV2), of: unit)
        return try cgroup.apply(resources, thoroughness)
    }

    /// Stops the scope, with what is still in it; one that has gone is fine.
    /// - Throws: `.unsupported` without systemd, `.system` when it refuses.
    public func stop() throws(EngineError) { try SystemdManager(bus).stop(unit) }

    /// The scope's directory in every hierarchy.
    private static func cgroup(
        at place: CgroupPath, _ resources: CgroupResources, _ hierarchies: CgroupHierarchies
    ) -> ContainerCgroup {
        let plan = CreationPlan(
            spot: .exactly(place), resources: resources, hierarchies: hierarchies, everyController: true)
        return ContainerCgroup(paths: plan.paths)
    }

    /// On version 1 systemd makes only the directories that it uses itself.
    private static func makeDirectories(
        of cgroup: ContainerCgroup, _ hierarchies: CgroupHierarchies
    ) throws(EngineError) {
        for directory in cgroup.v1Directories {
            guard directory == cgroup.paths[Controller.cpuset.rawValue],
                let top = hierarchies.v1[.cpuset]?.mountPoint
            else {
                try makeDirectory(directory)
                continue
            }
            // A level without processors of its own lets none of those below it have any.
            var level = top
            for name in directory.dropFirst(top.count).split(separator: "/") {
                level += "/" + name
                try makeDirectory(level)
                CpusetController.inherit(to: level)
            }
        }
    }

    private static func makeDirectory(_ directory: String) throws(EngineError) {
        do throws(EngineError) { try CgroupDirectory.make(directory) { _ in } } catch {
            if error.code != .conflict { throw error }
        }
    }

    /// Without version 2 systemd counts who is in a hierarchy of its own, which the container does not join by itself.
    private static func handOver(
        _ holder: ScopeHolder, _ cgroup: ContainerCgroup, _ unit: String, _ manager: SystemdManager
    ) {
        let own = Int32(clamping: holder.pid)
        holder.handOver = {
            let others = cgroup.processes().filter { $0 != own }
            if !others.isEmpty { try? manager.attach(others, to: unit) }
        }
    }
}
