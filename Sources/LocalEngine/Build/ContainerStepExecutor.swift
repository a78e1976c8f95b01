import Build
import Engine
import LinuxSystem
import Runtime

/// Runs build steps as containers that no list shows: they have a directory as others have, and no record.
///
/// A step's monitor holds it on a leash: it kills it as soon as this process is gone. What cannot go then, the directory,
/// is cleared by the next list, as a half-made container's is.
struct ContainerStepExecutor: StepExecutor {
    let engine: LocalEngine

    func run(
        _ command: StepCommand, output: @escaping @Sendable (LogLine.Stream, [UInt8]) -> Void
    ) async throws -> Int32 {
        try Task.checkCancellation()
        let container: StepContainer
        do {
            container = try await StepContainer.start(command, in: engine, terminal: nil)
        } catch let error as EngineError where error.code == .commandNotFound || error.code == .commandNotExecutable {
            output(.stderr, Array("\(error.message)\n".utf8))
            return error.code == .commandNotFound ? 127 : 126
        }
        // Not the caller's own task: however that ends, the container's end is waited for.
        let end = Task { try await container.toEnd(input: command.input, output: output) }
        let code = try await withTaskCancellationHandler {
            try await end.value
        } onCancel: {
            container.session.close()
        }
        try Task.checkCancellation()
        guard let code else {
            throw EngineError(.system, "the monitor of the step \(command.name) was killed")
        }
        return code
    }

    func enter(_ command: StepCommand, size: TerminalSize?) async throws -> any Session {
        let size = size ?? TerminalSize(columns: 80, rows: 24)
        return StepSession(try await StepContainer.start(command, in: engine, terminal: size))
    }
}
