import Engine
import Images
import LinuxSystem

/// A RUN that failed, with all that surrounded it.
final class FailedRun: FailedStep {
    let step: BuildStep
    let exitCode: Int32
    private let surroundings: StepCommand
    private let executor: any StepExecutor
    /// What must not go while somebody may enter: the draft, trees and caches that are mounted.
    private let draft: LayerDraft
    private let held: [any Sendable]

    init(
        step: BuildStep, exitCode: Int32, surroundings: StepCommand, executor: any StepExecutor, draft: LayerDraft,
        held: [any Sendable]
    ) {
        self.step = step
        self.exitCode = exitCode
        self.surroundings = surroundings
        self.executor = executor
        self.draft = draft
        self.held = held
    }

    var command: [String] { surroundings.arguments }

    func enter(_ command: [String], size: TerminalSize?) async throws -> any Session {
        var entered = surroundings
        entered.arguments = command
        entered.input = []
        try await runOnOwnThread { [draft] in
            // The kernel wants the work directory of every mount empty.
            try Files.removeTree(draft.work)
            try Files.makeDirectories(draft.work, mode: 0o700)
        }
        return try await executor.enter(entered, size: size)
    }
}
