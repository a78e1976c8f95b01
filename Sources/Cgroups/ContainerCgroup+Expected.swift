import Engine

extension ContainerCgroup {
    /// The cgroups that `create` would make for container `id`, whether they are there or not: what a crash between
    /// making them and writing them down may have left.
    /// - Throws: `.invalidArgument` when `parent` is no path of cgroup names.
    public static func expected(
        id: ContainerID, parent: String? = nil, in hierarchies: CgroupHierarchies
    ) throws(EngineError) -> ContainerCgroup {
        let parent = try parent.map { text throws(EngineError) in try CgroupParent(text) }
        let plan = CreationPlan(id: id, limits: ResourceLimits(), parent: parent, hierarchies: hierarchies)
        return ContainerCgroup(paths: plan.paths)
    }
}
