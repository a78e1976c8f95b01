import Engine

/// How running a container from the form went.
enum RunOutcome: Sendable {
    /// Something in the form is wrong.
    case refused([RunForm.Field: String])
    /// The engine made no container.
    case failed(EngineError)
    /// It is there; `failure` says why it did not start.
    case created(ContainerID, failure: EngineError?)
}
