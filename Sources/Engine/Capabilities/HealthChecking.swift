/// A container's health can be checked before its next probe is due.
public protocol HealthChecking: Sendable {
    /// Has the container's own check run now, waits for it and answers what came of it; it counts as any other probe.
    /// - Throws: `.conflict` unless the container runs and has a check.
    func checkHealth(of reference: String) async throws -> HealthReport.Result
}

extension HealthChecking {
    /// An engine that checks when it thinks fit.
    public func checkHealth(of reference: String) async throws -> HealthReport.Result {
        throw EngineError(.unsupported, "this engine cannot be asked to check a container's health")
    }
}
