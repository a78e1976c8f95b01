import Engine
import LinuxSystem
import Runtime

/// Checking a container's health at once: see `HealthChecking`.
extension LocalEngine {
    /// Has the container's own check run now and waits for what comes of it.
    public func checkHealth(of reference: String) async throws -> HealthReport.Result {
        let (record, _) = try await running(reference, evenPaused: false)
        let definition = try records.definition(record.id)
        guard let check = definition.healthCheck, check.command != nil else {
            throw EngineError(
                .conflict, "container \(record.name) has no health check", hint: "run it with --health-cmd")
        }
        let directory = paths(record.id).directory
        let before = try ContainerRuntime.health(directory: directory)?.log.last
        try await control(record.id).probe()
        // The monitor ends a probe that takes longer, and writes that down.
        let patience = Duration.nanoseconds(check.complete.timeout) + .seconds(10)
        let asked = ContinuousClock.now
        while asked.duration(to: .now) < patience {
            if let last = try ContainerRuntime.health(directory: directory)?.log.last, last != before { return last }
            guard status(record.id)?.hasMonitor == true else {
                throw EngineError(.conflict, "container \(record.name) has ended meanwhile")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw EngineError(.system, "the health check of container \(record.name) has told nothing")
    }
}
