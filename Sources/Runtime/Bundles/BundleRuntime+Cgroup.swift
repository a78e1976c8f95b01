import Cgroups
import Engine
import OCI

extension BundleRuntime {
    /// Makes the container's cgroups with their limits, and writes them into the record.
    /// - Returns: what keeps a scope of systemd's until the container's process is in it.
    func makeCgroup(
        _ record: inout BundleRecord, _ spec: Spec, _ hierarchies: CgroupHierarchies
    ) throws(EngineError) -> ScopeHolder? {
        let resources = try (spec.linux?.resources ?? LinuxResources()).cgroupResources()
        if record.usesSystemd {
            let path = try SystemdUnitPath(spec.linux?.cgroupsPath, id: record.id, isUser: systemd.isUser)
            let opening = try SystemdScope.create(
                path, description: "container \(record.id)", resources: resources, on: systemd, in: hierarchies)
            record.cgroup = BundleCgroup(paths: opening.creation.cgroup.paths, unit: opening.scope.unit)
            opening.creation.warnings.forEach(warn)
            return opening.holder
        }
        var path: CgroupPath?
        if let text = spec.linux?.cgroupsPath, !text.isEmpty { path = try CgroupPath(text, field: "linux.cgroupsPath") }
        let creation: ContainerCgroup.Creation
        do throws(EngineError) {
            creation = try ContainerCgroup.create(
                id: ContainerID(rawValue: record.id), path: path, resources: resources, in: hierarchies)
        } catch {
            // As runc does: nothing was asked for that would be missed.
            guard sparesCgroups, path == nil, !(spec.linux?.resources?.limitsAnything ?? false) else { throw error }
            return nil
        }
        record.cgroup = BundleCgroup(paths: creation.cgroup.paths)
        creation.warnings.forEach(warn)
        return nil
    }

    /// Sets limits of a container that is there.
    func applyLimits(_ resources: LinuxResources, to record: BundleRecord) throws(EngineError) {
        let resources = try resources.cgroupResources(isUpdate: true)
        guard let scope = scope(record) else { return try cgroup(record).apply(resources).forEach(warn) }
        try scope.update(resources, of: cgroup(record)).forEach(warn)
    }
}

extension LinuxResources {
    /// Something beside devices is asked for; an ordinary user reaches none that he may not use anyway.
    var limitsAnything: Bool {
        var rest = self
        rest.devices = nil
        return rest != LinuxResources()
    }
}
