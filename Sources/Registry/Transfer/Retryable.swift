import Engine

/// A failure after which the same may do better.
struct Retryable: Error {
    /// What is told when it never does.
    let error: EngineError
    /// Seconds that the registry has asked for.
    let retryAfter: Double?
}
