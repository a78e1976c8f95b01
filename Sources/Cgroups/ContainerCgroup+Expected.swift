import Engine

extension ContainerCgroup {
    /// The cgroups that `create` would make for container `id`, whether they are there or not: what a crash between
    /// making them and writing them down may have left.
    /// - Throws: `.invalidArgument` when `parent` is no path of cgroup names.
    public static func expected(
        id: ContainerID, parent: String? = nil, in hierarchies: CgroupHierarchies
    ) throws(EngineError) -> ContainerCgroup {
        let parent = try parent.map { text throws(EngineError) in try CgroupPath(text, field: "cgroup parent") }
        let plan = CreationPlan(
            spot: .named(id, beneath: parent), resources: CgroupResources(), hierarchies: hierarchies,
            everyController: false)
        return ContainerCgroup(paths: plan.paths)
    }
}
