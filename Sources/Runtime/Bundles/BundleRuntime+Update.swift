import Cgroups
import Engine
import LinuxSystem
import OCI

extension BundleRuntime {
    /// Changes a container's limits; what is not named stays.
    /// - Throws: `.notFound`, `.conflict` when the container has stopped, `.invalidArgument` for senseless limits.
    public func update(_ id: String, _ resources: LinuxResources) throws(EngineError) {
        let lock = try store.lock(id)
        defer { withExtendedLifetime(lock) {} }
        let record = try store.load(id)
        guard status(record) != .stopped else {
            throw EngineError(.conflict, "cannot update container \(id): container not running")
        }
        try SpecCheck.warnings(of: resources, on: host).forEach(warn)
        try applyLimits(resources, to: record)
    }
}
