import Cgroups
import Engine
import Glibc
import LinuxSystem
import OCI

extension BundleRuntime {
    /// Removes a container with its cgroups, and runs the hooks `poststop`.
    /// - Parameter force: a running container is killed first, and one that does not exist is fine.
    /// - Throws: `.notFound`, `.conflict` when it is not stopped.
    public func delete(_ id: String, force: Bool) throws(EngineError) {
        if force, try !store.exists(id) {
            // What a creation left that was broken off in its first steps.
            return try store.remove(id)
        }
        let lock = try store.lock(id)
        defer { withExtendedLifetime(lock) {} }
        let record = try store.load(id)
        switch status(record) {
        case .stopped: break
        case .created: try end(record)
        case .creating, .running, .paused:
            guard force else {
                throw EngineError(
                    .conflict, "cannot delete container \(id) that is not stopped: \(status(record).rawValue)")
            }
            try end(record)
        }
        try destroy(record, spec: record.hasPoststop == false ? nil : try? store.configuration(id))
    }

    /// Kills what runs in a container, frozen or not, and waits for the first process's end.
    func end(_ record: BundleRecord) throws(EngineError) {
        let cgroup = cgroup(record)
        if let process = record.process { _ = try process.signal(SIGKILL) }
        try? cgroup.kill()
        // The frozen meet even SIGKILL only when they go on, on version 1.
        if cgroup.isFrozen == true { try? cgroup.thaw() }
        guard record.process?.waitForEnd(milliseconds: 10_000) ?? true else {
            throw EngineError(.conflict, "cannot delete container \(record.id): its process does not end")
        }
    }

    /// Undoes what the creation made: cgroups, then the directory, then the hooks `poststop`, which find the container
    /// deleted.
    func destroy(_ record: BundleRecord, spec: Spec?) throws(EngineError) {
        let cgroup = cgroup(record)
        try? cgroup.kill()
        // Systemd mostly knows already, and where it does not run any more the cgroups can still be removed.
        if let scope = scope(record) { do throws(EngineError) { try scope.stop() } catch { warn("\(error)") } }
        try remove(cgroup)
        try store.remove(record.id)
        let hooks = BundleHooks(state: hookState(record, .stopped))
        for failure in hooks.runAll(spec?.hooks?.poststop, "poststop") { warn(failure) }
    }

    private func remove(_ cgroup: ContainerCgroup) throws(EngineError) {
        guard !cgroup.paths.isEmpty else { return }
        try cgroup.remove()
    }
}
