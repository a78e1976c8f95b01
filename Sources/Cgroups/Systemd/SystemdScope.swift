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
        do throws(EngineError) {
            let place = try CgroupPath(try manager.cgroup(of: path.unit))
            let cgroup = try directories(at: place, resources, hierarchies)
            return Opening(
                scope: SystemdScope(unit: path.unit, bus: bus),
                creation: .init(cgroup: cgroup, warnings: try cgroup.apply(resources, thoroughness)), holder: holder)
        } catch {
            holder.end()
            try? manager.stop(path.unit)
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

    /// The scope's directory in every hierarchy. On version 1 systemd makes only those that it uses itself.
    private static func directories(
        at place: CgroupPath, _ resources: CgroupResources, _ hierarchies: CgroupHierarchies
    ) throws(EngineError) -> ContainerCgroup {
        let plan = CreationPlan(
            spot: .exactly(place), resources: resources, hierarchies: hierarchies, everyController: true)
        let cgroup = ContainerCgroup(paths: plan.paths)
        for directory in cgroup.v1Directories {
            let isCpuset = directory == plan.paths[Controller.cpuset.rawValue]
            do throws(EngineError) {
                try CgroupDirectory.make(directory) { above in if isCpuset { CpusetController.inherit(to: above) } }
            } catch { if error.code != .conflict { throw error } }
            if isCpuset { CpusetController.inherit(to: directory) }
        }
        return cgroup
    }
}
