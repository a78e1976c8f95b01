import Cgroups
import Engine
import LinuxSystem
import Runtime

extension LocalEngine {
    /// What a container does, as its monitor has written it; `nil` when its directory is gone or cannot be understood:
    /// half-made or half-removed.
    func status(_ id: ContainerID) -> MonitorStatus? {
        let paths = paths(id)
        guard let status = try? ContainerRuntime.status(directory: paths.directory) else { return nil }
        if case .absent = status, !Files.exists(paths.directory) { return nil }
        return status
    }

    /// The state that people are told. When a monitor was killed, the moment that was found out stays the container's end.
    func state(_ id: ContainerID, _ status: MonitorStatus?) -> ContainerState {
        guard let status else { return .dead }
        return status.state(observedAt: killTime(id, status) ?? .now)
    }

    /// When this container's killed monitor was found and its remains were cleared.
    func killTime(_ id: ContainerID, _ status: MonitorStatus) -> Timestamp? {
        guard case .monitorKilled = status,
            let marker = try? Files.status(paths(id).killed),
            let written = try? Files.status(paths(id).status), marker.modifiedAt >= written.modifiedAt
        else { return nil }
        return Timestamp(nanoseconds: marker.modifiedAt)
    }

    /// The record and what it does now, after what a crash may have left was cleared.
    func settled(_ reference: String) async throws -> (record: ContainerRecord, status: MonitorStatus?) {
        let record = try records.find(reference)
        let status = status(record.id)
        guard needsSettling(record, status) else { return (record, status) }
        if await settle(record) { return (record, self.status(record.id)) }
        throw EngineError(.notFound, "no such container: \(reference)")
    }

    /// The live container, for what needs one that runs; throws `.conflict` in words otherwise.
    func running(
        _ reference: String, evenPaused: Bool = true
    ) async throws -> (record: ContainerRecord, life: MonitorStatus.Life) {
        let (record, status) = try await settled(reference)
        switch status {
        case .running(let life): return (record, life)
        case .paused(let life):
            if evenPaused { return (record, life) }
            throw EngineError(
                .conflict, "container \(record.name) is paused", hint: "spyhop unpause \(record.name) first")
        case .restarting:
            throw EngineError(.conflict, "container \(record.name) is restarting", hint: "wait until it runs")
        default:
            throw EngineError(.conflict, "container \(record.name) is not running")
        }
    }

    /// Where the container's cgroups are.
    func cgroup(_ id: ContainerID) throws(EngineError) -> ContainerCgroup {
        if let kept = CgroupFile.read(paths(id).cgroups) { return kept }
        let own = try? records.definition(id).spec.system?.cgroupParent
        return try ContainerCgroup.expected(
            id: id, parent: own ?? configuration.cgroupParent, in: try runtime().hierarchies)
    }
}
