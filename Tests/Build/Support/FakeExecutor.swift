import Build
import Engine
import LinuxSystem
import Synchronization

/// Runs nothing: a test says what each command does to its upper directory.
final class FakeExecutor: StepExecutor {
    typealias Action = @Sendable (StepCommand, @Sendable (LogLine.Stream, [UInt8]) -> Void) async throws -> Int32

    private let action: Action
    private let seen = Mutex<[StepCommand]>([])
    private let enteredCommands = Mutex<[StepCommand]>([])

    /// Without an action, every command writes its own text into the file `/ran` and succeeds.
    init(
        _ action: @escaping Action = { command, _ in
            try FakeExecutor.write(command.arguments.joined(separator: " "), to: "ran", in: command)
            return 0
        }
    ) {
        self.action = action
    }

    /// The commands that were run, in order.
    var commands: [StepCommand] { seen.withLock { $0 } }

    /// The commands that were entered with.
    var entered: [StepCommand] { enteredCommands.withLock { $0 } }

    func run(
        _ command: StepCommand, output: @escaping @Sendable (LogLine.Stream, [UInt8]) -> Void
    ) async throws -> Int32 {
        seen.withLock { $0.append(command) }
        return try await action(command, output)
    }

    func enter(_ command: StepCommand, size: TerminalSize?) async throws -> any Session {
        enteredCommands.withLock { $0.append(command) }
        throw EngineError(.unsupported, "nothing to enter in a test")
    }

    /// Writes a file of the layer in the making.
    static func write(_ text: String, to name: String, in command: StepCommand) throws {
        let path = "\(command.upper)/\(name)"
        try Files.makeDirectories(Files.directory(of: path))
        try Files.writeAtomically(Array(text.utf8), to: path)
    }
}
