import Cgroups
import Engine
import Networking
import Runtime

extension LocalEngine {
    /// Gives a container another name; `.conflict` when it is taken.
    public func rename(_ reference: String, to name: String) async throws {
        let record = try records.find(reference)
        try NameGenerator.check(name)
        guard name != record.name else {
            throw EngineError(.invalidArgument, "container \(name) has this name already")
        }
        try records.rename(record.id, to: name)
        var renamed = record
        renamed.name = name
        for directory in LeaseDirectory.all(runRoot: configuration.runRoot) {
            try directory.rewrite(record.id) { $0.endpoint.containerName = name }
        }
        if status(record.id)?.hasMonitor == true {
            try ContainerRuntime.setEventAttributes(renamed.eventAttributes, directory: paths(record.id).directory)
        }
        emit("rename", renamed, ["oldName": record.name])
    }

    /// Changes limits and restart policy, on a running container at once; returns warnings. See `ContainerLifecycle`.
    public func update(
        _ reference: String, limits: ResourceLimits, restartPolicy: RestartPolicy?
    ) async throws -> [String] {
        let (record, status) = try await settled(reference)
        guard let status else {
            throw EngineError(.conflict, "container \(record.name) is half-made or half-removed")
        }
        if record.autoRemove, let restartPolicy, restartPolicy != .no {
            throw EngineError(
                .invalidArgument, "container \(record.name) is removed at its end and cannot be restarted")
        }
        let merged = record.limits.merging(limits)
        try merged.check()
        var warnings: [String] = []
        if status.hasMonitor, limits != ResourceLimits() {
            warnings = try cgroup(record.id).apply(merged)
        }
        if status.hasMonitor, let restartPolicy { try await control(record.id).restartRule(restartPolicy) }
        try records.update(record.id, limits: merged, restartPolicy: restartPolicy ?? record.restartPolicy)
        emit("update", record)
        return warnings
    }
}
