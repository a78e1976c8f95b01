import ArgumentParser
import Engine

/// What every command is: options that the parser fills, and the work.
protocol SpyhopCommand: AsyncParsableCommand {
    /// Where the engine is.
    var global: GlobalOptions { get }
    /// The exit code of a failure: docker's 125 for `run` and `create`, else 1.
    static var failureCode: Int32 { get }
    /// Does the work; answers the exit code.
    func execute(_ context: CommandContext) async throws -> Int32
}

extension SpyhopCommand {
    static var failureCode: Int32 { 1 }

    /// Docker's exit code for an error: 127 and 126 where the container's command is at fault.
    static func exitCode(for error: EngineError) -> Int32 {
        switch error.code {
        case .commandNotFound: 127
        case .commandNotExecutable: 126
        default: failureCode
        }
    }
}

/// A failure that has been told already.
struct CommandFailure: Error {
    let code: Int32
}
