import Cgroups
import Engine
import Glibc
import LinuxSystem
import OCI

extension BundleRuntime {
    /// Sends a signal to a container's first process, or to all of them.
    /// - Throws: `.notFound`, `.conflict` when the container is not running.
    public func kill(_ id: String, signal: Int32, all: Bool) throws(EngineError) {
        let record = try store.load(id)
        if all { return try signalAll(record, signal) }
        guard let process = record.process, try process.signal(signal) else {
            throw EngineError(.conflict, "container not running: \(id)")
        }
        // Without a pid namespace of its own the others do not end with the first.
        if signal == SIGKILL, let spec = try? store.configuration(id), !spec.has(.pid) { try? cgroup(record).kill() }
    }

    private func signalAll(_ record: BundleRecord, _ signal: Int32) throws(EngineError) {
        let cgroup = cgroup(record)
        if signal == SIGKILL, !cgroup.paths.isEmpty { return try cgroup.kill() }
        // Without cgroups only the first process is known, with which its pid namespace ends.
        let processes =
            cgroup.paths.isEmpty ? [record.process].compactMap { $0 }.filter(\.isAlive).map(\.pid) : cgroup.processes()
        guard !processes.isEmpty else { throw EngineError(.conflict, "container not running: \(record.id)") }
        for process in processes where Glibc.kill(process, signal) != 0 && errno != ESRCH {
            throw EngineError(
                .system, "cannot send signal \(signal) to process \(process)", cause: SystemError.last("kill"))
        }
    }

    /// Stops every process where it stands.
    /// - Throws: `.notFound`, `.conflict` when the container is neither running nor created.
    public func pause(_ id: String) throws(EngineError) {
        let lock = try store.lock(id)
        defer { withExtendedLifetime(lock) {} }
        let record = try store.load(id)
        let status = status(record)
        guard status == .running || status == .created else {
            throw EngineError(.conflict, "cannot pause container \(id): container not running: \(status.rawValue)")
        }
        try cgroup(record).freeze()
    }

    /// Lets a paused container go on.
    /// - Throws: `.notFound`, `.conflict` when it is not paused.
    public func resume(_ id: String) throws(EngineError) {
        let lock = try store.lock(id)
        defer { withExtendedLifetime(lock) {} }
        let record = try store.load(id)
        guard cgroup(record).isFrozen == true, status(record) != .stopped else {
            throw EngineError(.conflict, "cannot resume container \(id): container not paused")
        }
        try cgroup(record).thaw()
    }

    /// The processes in a container, in the host's numbers.
    /// - Throws: `.notFound`, `.conflict` when the container has none.
    public func processes(_ id: String) throws(EngineError) -> [Int32] {
        let record = try store.load(id)
        guard status(record) != .stopped else { throw EngineError(.conflict, "container not running: \(id)") }
        var found = cgroup(record).processes()
        if found.isEmpty, let process = record.process { found = [process.pid] }
        return found
    }
}

extension Spec {
    /// A namespace of this kind is made or joined.
    func has(_ kind: LinuxNamespace.Kind) -> Bool { linux?.namespaces?.contains { $0.type == kind } ?? false }
}
