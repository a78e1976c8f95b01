extension CgroupHierarchies {
    /// The names of the controllers that containers' cgroups get here: version 1 hierarchies, and what the place in the
    /// version 2 tree may pass on.
    public var offered: Set<String> {
        var names = Set(v1.keys.map(\.rawValue))
        if let unified, !isUnifiedBarred {
            let wanted = Set(Controller.wantedOnV2 + Controller.welcomeOnV2).intersection(unifiedControllers)
            let placement = CgroupPlacement.choose(among: CgroupPlacement.levels(of: unified), wanted: wanted)
            names.formUnion(placement?.controllers.map(\.rawValue) ?? [])
        }
        return names
    }
}
