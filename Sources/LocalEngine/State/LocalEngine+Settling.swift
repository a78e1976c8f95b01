import Logging
import Cgroups
import Engine
import Glibc
import LinuxSystem
import Runtime

/// Reconciliation: clearing what killed monitors and commands have left. Always on demand, never by a daemon, and
/// under the container's lifecycle lock, so that nothing half-way through a start or removal is taken for a ruin.
extension LocalEngine {
    /// Whether a crash has left something of this container, or it is to vanish by itself and has not.
    func needsSettling(_ record: ContainerRecord, _ status: MonitorStatus?) -> Bool {
        guard let status else { return true }
        switch status {
        case .monitorKilled: return record.autoRemove || killTime(record.id, status) == nil
        // Its monitor may be about to start the exit command, and its owner to read the last output: a moment is theirs.
        case .exited(let end), .failed(let end):
            return record.autoRemove && Timestamp.now.since(end.exit.finishedAt) > .seconds(2)
        default: return false
        }
    }

    /// Clears what was left; `false` when the container is gone afterwards. Somebody else's lock leaves all as it is.
    func settle(_ record: ContainerRecord) async -> Bool {
        let paths = paths(record.id)
        do {
            guard Files.exists(paths.directory) else {
                try finishRemoval(record)
                return false
            }
            guard let lock = try LifecycleLock.attempt(paths.directory) else { return Files.exists(paths.directory) }
            defer { withExtendedLifetime(lock) {} }
            let status = status(record.id)
            guard let status, needsSettling(record, status) else { return true }
            if case .monitorKilled = status { try clearAfterKilledMonitor(record) }
            guard record.autoRemove else { return true }
            try discard(record)
            return false
        } catch {
            configuration.logger.warning(
                "cannot clear what a crash has left", metadata: ["container": "\(record.name)", "cause": "\(error)"])
            return true
        }
    }

    /// Called under the lifecycle lock. The container's first process died with its monitor; others may be on their way.
    func clearAfterKilledMonitor(_ record: ContainerRecord) throws {
        let paths = paths(record.id)
        try clearCgroup(record.id)
        clearLeases(record.id)
        try inWords("remove \(paths.socket)") { () throws(SystemError) in try Files.remove(paths.socket) }
        try inWords("write \(paths.killed)") { () throws(SystemError) in
            try Files.writeAtomically([], to: paths.killed, mode: 0o640)
        }
        emit("die", record, ["exitCode": "137", "error": "its monitor was killed"])
    }

    /// Kills whatever is left in a container's cgroups and removes them; without any nothing happens.
    func clearCgroup(_ id: ContainerID) throws(EngineError) {
        let cgroup = try cgroup(id)
        guard cgroup.paths.values.contains(where: Files.exists) else { return }
        try? cgroup.thaw()
        try cgroup.kill()
        try cgroup.remove()
    }

    /// Removes directories of containers that have no record: their command was killed half-way through `create`, or
    /// through `rm`.
    func clearStrays(known: Set<String>) {
        guard let entries = try? Files.list(containersDirectory) else { return }
        for entry in entries where entry.kind == .directory && !known.contains(entry.name) {
            let isRemoval = entry.name.hasSuffix(ContainerPaths.removalSuffix)
            let identifier = isRemoval ? String(entry.name.dropLast(ContainerPaths.removalSuffix.count)) : entry.name
            guard identifier.utf8.count == 64, !(isRemoval && known.contains(identifier)) else { continue }
            let path = "\(containersDirectory)/\(entry.name)"
            let id = ContainerID(rawValue: identifier)
            do {
                guard let lock = try LifecycleLock.attempt(path) else { continue }
                defer { withExtendedLifetime(lock) {} }
                // Asked again beneath the lock: it may just have been recorded.
                guard try records.record(id) == nil else { continue }
                try killMonitor(id)
                try clearCgroup(id)
                clearLeases(id)
                try Files.remove(paths(id).socket)
                try Files.removeTree(path)
            } catch {
                configuration.logger.warning(
                    "cannot clear a half-made container", metadata: ["path": "\(path)", "cause": "\(error)"])
            }
        }
    }

    /// A monitor without a record is nobody's: its container goes with it.
    func killMonitor(_ id: ContainerID) throws {
        guard let pid = try RecordLock.holder(of: paths(id).lock), pid > 0 else { return }
        let monitor = try Processes.open(pid)
        // The number could have been given anew between the two: only who still holds the lock is meant.
        guard try RecordLock.holder(of: paths(id).lock) == pid else { return }
        try Processes.signal(pidfd: monitor, SIGKILL)
    }
}
