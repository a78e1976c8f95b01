import Engine
import Synchronization

/// `--invoke`: a command in a failed step's last state, at the terminal, before the build gives the state up.
final class FailedStepShell: Sendable {
    private let command: String
    private let display: BuildDisplay
    private let palette: BuildPalette
    private let state = Mutex((entered: false, signal: Int32?.none))

    /// - Parameter command: a command line for the shell; `-` is the step's shell itself.
    init(command: String, display: BuildDisplay, palette: BuildPalette) {
        self.command = command
        self.display = display
        self.palette = palette
    }

    /// Somebody was in the step.
    var hasBeenEntered: Bool { state.withLock { $0.entered } }
    /// The signal that ended the session.
    var signal: Int32? { state.withLock { $0.signal } }

    /// Lets a person into the step; a failure is told, and the build's own error stands.
    func enter(_ step: any FailedStep) async {
        do {
            try await display.finish()
            let first = state.withLock { state in
                defer { state.entered = true }
                return !state.entered
            }
            // Several steps may fail at once; the terminal is for one.
            guard first else { return }
            try await StandardStream.error.write(
                BuildReport.tail(display.board)
                    + "spyhop: \(GoText.ellipsis(StepWords.name(step.step), 60)) ended with \(step.exitCode); this is its last state, exit leaves it\n"
            )
            let session = try await step.enter(words(for: step), size: RawTerminal.size())
            let outcome = try await ForegroundSession(
                session: session, tty: true, input: true, keys: .standard, proxy: nil
            ).run()
            if case .interrupted(let signal) = outcome { state.withLock { $0.signal = signal } }
        } catch {
            try? await StandardStream.error.write(
                "spyhop: cannot enter the failed step: \(GoText.harmless("\(error)"))\n")
        }
    }

    /// The step's shell, and what it is to run. A step in the exec form has none; its image most likely has this one.
    private func words(for step: any FailedStep) -> [String] {
        var shell = ["/bin/sh"]
        if step.command.count >= 3, step.command[step.command.count - 2] == "-c" {
            shell = Array(step.command.dropLast(2))
        }
        return command == "-" ? shell : shell + ["-c", command]
    }
}
