import Synchronization
import Cgroups
import Engine
import Glibc
import LinuxSystem
import Runtime

extension LocalEngine {
    /// Between two looks at a monitor's lock; the cheap looks between cannot tell a number that was given anew.
    private static let roundsBetweenLooks = 10

    /// The running containers; called once a round.
    ///
    /// A round asks for the change time of `containers/`, and for each container that of its `status` and whether its
    /// monitor's process is there: about two microseconds. The database is read only when a container came or went.
    public func sampleTargets() throws -> [SampleTarget] {
        try samples.withLock { cache in
            let time = try inWords("look at \(containersDirectory)") { () throws(SystemError) in
                try Files.status(containersDirectory)?.modifiedAt ?? 0
            }
            if time != cache.directoryTime {
                try relist(&cache)
                cache.directoryTime = time
            }
            var targets: [SampleTarget] = []
            targets.reserveCapacity(cache.entries.count)
            for id in Array(cache.entries.keys) {
                if let target = refresh(id, &cache) { targets.append(target) }
            }
            return targets
        }
    }

    private func relist(_ cache: inout SampleCache) throws {
        let known = cache.entries
        cache.entries.removeAll(keepingCapacity: true)
        for record in try records.all() {
            cache.entries[record.id] =
                known[record.id]
                ?? SampleCache.Entry(paths: paths(record.id), usesHostNetwork: record.networkMode == .host)
        }
    }

    private func refresh(_ id: ContainerID, _ cache: inout SampleCache) -> SampleTarget? {
        guard var entry = cache.entries[id] else { return nil }
        guard let facts = try? Files.status(entry.paths.status) else {
            cache.entries[id]?.target = nil
            return nil
        }
        if facts.inode != entry.statusInode || facts.modifiedAt != entry.statusTime {
            entry.statusInode = facts.inode
            entry.statusTime = facts.modifiedAt
            look(id, &entry)
            cache.entries[id] = entry
        } else if entry.target != nil {
            entry.roundsToLook -= 1
            if entry.roundsToLook <= 0 || Glibc.kill(entry.monitorPID, 0) != 0 { look(id, &entry) }
            cache.entries[id] = entry
        }
        return entry.target
    }

    private func look(_ id: ContainerID, _ entry: inout SampleCache.Entry) {
        entry.roundsToLook = Self.roundsBetweenLooks
        entry.target = nil
        switch try? ContainerRuntime.status(directory: entry.paths.directory) {
        case .running(let life), .paused(let life): fill(id, &entry, life)
        default: break
        }
    }

    private func fill(_ id: ContainerID, _ entry: inout SampleCache.Entry, _ life: MonitorStatus.Life) {
        guard let cgroup = CgroupFile.read(entry.paths.cgroups) else {
            // The start has not written it yet: the next round asks again.
            entry.statusInode = 0
            return
        }
        entry.monitorPID = life.monitorPID
        entry.target = SampleTarget(
            id: id, pid: life.pid, cgroupPaths: cgroup.paths, usesHostNetwork: entry.usesHostNetwork)
    }
}
