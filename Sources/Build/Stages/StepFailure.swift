import Engine

/// Why a stage came to no end; of a RUN that failed, with its last state.
struct StepFailure: Error {
    /// What is told.
    var error: EngineError
    /// The state, which lasts as long as somebody holds it.
    var failed: FailedRun?
}
