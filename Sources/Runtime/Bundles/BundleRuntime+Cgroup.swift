import Cgroups
import Engine
import OCI

extension BundleRuntime {
    /// Makes the container's cgroups with their limits, and writes them into the record.
    func makeCgroup(
        _ record: inout BundleRecord, _ spec: Spec, _ hierarchies: CgroupHierarchies
    ) throws(EngineError) {
        let resources = try (spec.linux?.resources ?? LinuxResources()).cgroupResources()
        var path: CgroupPath?
        if let text = spec.linux?.cgroupsPath, !text.isEmpty { path = try CgroupPath(text, field: "linux.cgroupsPath") }
        let creation = try ContainerCgroup.create(
            id: ContainerID(rawValue: record.id), path: path, resources: resources, in: hierarchies)
        record.cgroup = BundleCgroup(paths: creation.cgroup.paths)
        creation.warnings.forEach(warn)
    }

    /// Sets limits of a container that is there.
    func applyLimits(_ resources: LinuxResources, to record: BundleRecord) throws(EngineError) {
        try cgroup(record).apply(resources.cgroupResources(isUpdate: true)).forEach(warn)
    }
}
