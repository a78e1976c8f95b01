import Engine

/// What happens to a build that was begun here.
enum BuildMessage: Sendable {
    /// Something in the form is wrong: nothing was begun.
    case refused([BuildForm.Field: String])
    /// The form was right, and the engine is at work.
    case began
    case report(BuildReport)
    /// A step has failed and is kept in its last state.
    case held(StepFailure)
    case ended(Result<BuiltImage, EngineError>)
}

/// What is told of a step that failed.
struct StepFailure: Sendable, Hashable {
    var step: Int
    var command: [String]
    var exitCode: Int32

    init(_ step: any FailedStep) {
        self.step = step.step.id
        command = step.command
        exitCode = step.exitCode
    }
}
