import ArgumentParser
import Engine
import Glibc

/// The program: parses the command line, carries out the command, tells failures, and chooses the exit code.
public enum CommandRunner {
    /// Runs the command that this process was started with, and ends the process with docker's exit code for it.
    public static func main() -> Never {
        // A reader that goes away is an error to handle, at the terminal as at a monitor's socket.
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        Task.detached { exit(await run(arguments)) }
        MainThread.serve()
    }

    private static func run(_ arguments: [String]) async -> Int32 {
        // The commonest question is answered before anything is set up.
        if arguments == ["--version"] || arguments == ["-v"] {
            return await tell(Version.line + "\n", on: .output)
        }
        if let code = await refuseUnknownCommand(arguments) { return code }
        let words = OptionWords.normalise(CommandLineWords.arrange(arguments, groups: RootCommand.groups))
        let command: any ParsableCommand
        do { command = try RootCommand.parseAsRoot(words) } catch { return await tellParsing(error) }
        guard let command = command as? any SpyhopCommand else { return await runOther(command) }
        do {
            let environment = ProcessEnvironment.current()
            let settings = try Settings(command.global, environment)
            return try await command.execute(CommandContext(settings: settings, environment: environment))
        } catch {
            return await tell(error, by: type(of: command))
        }
    }

    private static func runOther(_ command: any ParsableCommand) async -> Int32 {
        var command = command
        do {
            try command.run()
            return 0
        } catch { return await tellParsing(error) }
    }

    private static func refuseUnknownCommand(_ arguments: [String]) async -> Int32? {
        let words = CommandLineWords.arrange(arguments, groups: RootCommand.groups)
        guard let word = words.first, !word.hasPrefix("-"), !RootCommand.names.contains(word) else { return nil }
        let nearest = CommandLineWords.nearest(to: word, among: RootCommand.names)
        let hint = nearest.map { "did you mean spyhop \($0)?" } ?? "spyhop --help lists the commands"
        return await tell(EngineError(.invalidArgument, "unknown command: spyhop \(word)", hint: hint), by: nil)
    }

    private static func tellParsing(_ error: any Error) async -> Int32 {
        let text = RootCommand.fullMessage(for: error)
        if RootCommand.exitCode(for: error).isSuccess { return await tell(text + "\n", on: .output) }
        let message = RootCommand.message(for: error)
        // A usage line that goes on and on hides the sentence; --help has it all.
        let usage = text.split(separator: "\n").drop { !$0.hasPrefix("Usage:") && !$0.hasPrefix("  See") }
            .filter { $0.count <= 120 }
        let sentence = message.first.map { $0.lowercased() + message.dropFirst() } ?? "bad usage"
        _ = await tell("spyhop: \(sentence)\n" + usage.map { $0 + "\n" }.joined(), on: .error)
        // Docker: 1 for missing or surplus arguments, 125 for a flag that is wrong.
        return message.hasPrefix("Missing expected argument") || message.contains("unexpected argument") ? 1 : 125
    }

    /// Tells a failure in a sentence, and says the exit code.
    private static func tell(_ error: any Error, by command: (any SpyhopCommand.Type)?) async -> Int32 {
        switch error {
        case is StandardStream.Closed: return 141
        case is CancellationError: return command?.failureCode ?? 1
        case let failure as CommandFailure: return failure.code
        case let error as EngineError:
            let told = EngineError(error.code, error.message, cause: error.cause.map(Words.init))
            var text = "spyhop: \(GoText.harmless(told.description))\n"
            if let hint = error.hint { text += "  \(GoText.harmless(hint))\n" }
            _ = await tell(text, on: .error)
            return command?.exitCode(for: error) ?? 1
        default:
            _ = await tell("spyhop: \(GoText.harmless("\(error)"))\n", on: .error)
            return command?.failureCode ?? 1
        }
    }

    private static func tell(_ text: String, on stream: StandardStream) async -> Int32 {
        do {
            try await stream.write(text)
            return 0
        } catch { return error is StandardStream.Closed ? 141 : 1 }
    }

    private struct Words: Error, CustomStringConvertible {
        let description: String
    }
}
