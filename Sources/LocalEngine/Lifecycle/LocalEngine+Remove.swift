import Engine
import Glibc
import LinuxSystem
import Runtime

extension LocalEngine {
    /// Removes it and all that belongs to it; a running one only with `force`. See `ContainerLifecycle`.
    public func remove(_ reference: String, force: Bool, volumes: Bool) async throws {
        let record = try records.find(reference)
        let paths = paths(record.id)
        if let status = status(record.id), status.hasMonitor {
            guard force else {
                throw EngineError(
                    .conflict, "container \(record.name) is \(state(record.id, status).name)",
                    hint: "stop it first, or remove it with --force")
            }
            try await end(record, status)
        }
        guard let lock = try await LifecycleLock.wait(paths.directory) else {
            return try finishRemoval(record, volumes: volumes)
        }
        defer { withExtendedLifetime(lock) {} }
        // It may have been started again between its end and the lock.
        if status(record.id)?.hasMonitor == true {
            throw EngineError(.conflict, "container \(record.name) was started meanwhile", hint: "try again")
        }
        try discard(record, volumes: volumes)
    }

    /// Removes an `autoRemove` container whose monitor has come to its end: what the exit command must call.
    /// Does nothing when the container is gone already, or runs again.
    public func reap(_ id: ContainerID) async throws {
        guard let record = try records.record(id), record.autoRemove else { return }
        await monitorEnd(id)
        guard let lock = try await LifecycleLock.wait(paths(id).directory) else { return try finishRemoval(record) }
        defer { withExtendedLifetime(lock) {} }
        guard status(id)?.hasMonitor != true else { return }
        try discard(record)
    }

    private func end(_ record: ContainerRecord, _ status: MonitorStatus) async throws {
        let control = control(record.id)
        do {
            if case .paused = status { try? await control.resume() }
            try await control.stop(signal: SIGKILL, timeoutMilliseconds: 0)
        } catch let error as EngineError where error.code == .conflict || error.code == .system {
            // The monitor does not answer, or is just ending: its own end takes the container with it.
            if self.status(record.id)?.hasMonitor == true { try killMonitor(record.id) }
        }
        await monitorEnd(record.id)
    }

    /// Removes a container that does not run; called under its lifecycle lock. The record goes last: whatever fails
    /// before, the container is still listed and can be removed again.
    ///
    /// - Parameter volumes: its anonymous volumes go as well, as those of an `autoRemove` container always do.
    func discard(_ record: ContainerRecord, volumes: Bool = false) throws {
        let paths = paths(record.id)
        // Also of one that never ran: its start may have been killed once the cgroups were made.
        try clearCgroup(record.id)
        clearLeases(record.id)
        try inWords("remove container \(record.name)") { () throws(SystemError) in
            try Files.remove(paths.socket)
            // Its companion may be about to do so.
            if Files.exists(paths.fuse) { FuseOverlay(program: "", place: paths.fuse).unmount() }
            try Files.rename(paths.directory, to: paths.removing)
        }
        try finishRemoval(record, volumes: volumes)
    }

    /// Removes what is left of a container whose directory is already out of the way.
    func finishRemoval(_ record: ContainerRecord, volumes: Bool = false) throws {
        let paths = paths(record.id)
        try inWords("remove the files of container \(record.name)") { () throws(SystemError) in
            try Files.removeTree(paths.removing)
        }
        guard volumes || record.autoRemove, !record.volumeNames.isEmpty else {
            if try records.delete(record.id) { emit("destroy", record) }
            return
        }
        var isDeleted = false
        let gone = try volumeStore.remove(ownedBy: record.id, among: record.volumeNames) { own in
            isDeleted = try records.delete(record.id, volumes: own)
        }
        if isDeleted { emit("destroy", record) }
        for name in gone { emit("destroy", volume: name) }
    }
}
