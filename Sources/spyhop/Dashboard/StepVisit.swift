import Engine

/// A shell in the last state of a build's failed step, at the terminal that the dashboard has given back for it.
enum StepVisit {
    /// Stays until the shell ends; answers what is to be said in the dashboard afterwards.
    static func run(_ step: any FailedStep) async -> String? {
        do {
            let name = GoText.harmless(step.step.name)
            try await StandardStream.error.write("spyhop: the last state of \(name); exit leads back\n")
            let session = try await step.enter(shell(of: step), size: RawTerminal.size())
            let outcome = try await ForegroundSession(
                session: session, tty: true, input: true, keys: .standard, proxy: nil
            ).run()
            switch outcome {
            case .exited, .left: return nil
            case .interrupted(let signal):
                ChildProcess.raise(again: signal)
                return nil
            case .dropped(let reason): return "the session in the failed step ended early: \(reason)"
            }
        } catch { return "cannot open a shell in the failed step: \(error)" }
    }

    /// The shell that the step was run by. A step in the exec form has none; its image most likely has this one.
    static func shell(of step: any FailedStep) -> [String] {
        guard step.command.count >= 3, step.command[step.command.count - 2] == "-c" else { return ["/bin/sh"] }
        return Array(step.command.dropLast(2))
    }
}
