import ArgumentParser
import Engine
import Glibc
import LinuxSystem
import Synchronization

/// The program: parses the command line, carries out the command, tells failures, and chooses the exit code.
public enum CommandRunner {
    /// What the command works with lives until the process ends: closing the database would fold its log into it, with
    /// several waits for the disk.
    private static let kept = Mutex<CommandContext?>(nil)

    /// Runs the command that this process was started with, and ends the process with docker's exit code for it.
    public static func main() -> Never {
        // A reader that goes away is an error to handle, at the terminal as at a monitor's socket.
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        var surroundings = ProcessEnvironment.current()
        // A bundle's configuration says whose namespaces it wants: an ordinary user is left as he is.
        if let words = OCIProgram.words(CommandLine.arguments) { exit(OCIProgram.run(words, surroundings)) }
        UserEntry.enter(arguments, &surroundings)
        let environment = surroundings
        if let request = PlainRun.request(arguments, environment) {
            FirstThreadExecutor.run {
                await carryOut(RunCommand.self, GlobalChoice(), environment, arguments) {
                    try await request.carryOut($0)
                }
            }
        }
        // The figures of fifty containers take eight hundred.
        DescriptorLimit.makeTable(of: 1024)
        Task.detached { exit(await run(arguments, environment)) }
        MainThread.serve()
    }

    private static func run(_ arguments: [String], _ environment: ProcessEnvironment) async -> Int32 {
        // The commonest question is answered before anything is set up.
        if CommandLineWords.askVersion(arguments) {
            return await tell(Version.line + "\n", on: .output)
        }
        if let request = PlainDashboard.request(arguments) {
            return await carryOut(DashboardCommand.self, GlobalChoice(), environment, arguments) {
                try await request.carryOut($0)
            }
        }
        if let wish = PlainBuild.wish(arguments, environment) {
            return await carryOut(BuildCommand.self, GlobalChoice(), environment, arguments) {
                try await wish.carryOut($0)
            }
        }
        if let code = await refuseUnknownCommand(arguments) { return code }
        let words = OptionWords.normalise(CommandLineWords.arrange(arguments, groups: RootCommand.groups))
        let command: any ParsableCommand
        do { command = try RootCommand.parseAsRoot(words) } catch { return await tellParsing(error) }
        guard let command = command as? any SpyhopCommand else { return await runOther(command) }
        return await carryOut(type(of: command), command.global.choice, environment, arguments) {
            try await command.execute($0)
        }
    }

    private static func carryOut(
        _ command: any SpyhopCommand.Type, _ choice: GlobalChoice, _ environment: ProcessEnvironment,
        _ arguments: [String], _ work: (CommandContext) async throws -> Int32
    ) async -> Int32 {
        do {
            var settings = try Settings(choice, environment)
            if let host = settings.engines.remoteSpyhop {
                let remote = RemoteSpyhop(address: try SecureShellAddress(host), environment: environment)
                return try await remote.run(RemoteSpyhop.words(arguments))
            }
            if arguments.contains(where: { $0.contains("::") }) {
                settings.engines.named = EngineCatalog(environment).named(in: arguments)
            }
            let context = CommandContext(settings: settings, environment: environment)
            kept.withLock { $0 = context }
            return try await work(context)
        } catch {
            return await tell(error, by: command)
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
        var words = CommandLineWords.arrange(arguments, groups: RootCommand.groups)[...]
        if words.first == "help" { words = words.dropFirst() }
        guard let word = words.popFirst(), !word.hasPrefix("-") else { return nil }
        guard RootCommand.names.contains(word) else { return await refuse(word, "", among: RootCommand.names) }
        guard RootCommand.groups.contains(word), let inner = words.first, !inner.hasPrefix("-"), inner != "help" else {
            return nil
        }
        let names = RootCommand.names(in: word)
        return names.contains(inner) ? nil : await refuse(inner, word + " ", among: names)
    }

    private static func refuse(_ word: String, _ group: String, among names: Set<String>) async -> Int32 {
        if group.isEmpty, let advice = ForeignCommand.advice(word) {
            let error = EngineError(.unsupported, "docker has the command \(word), this engine has not", hint: advice)
            return await tell(error, by: nil)
        }
        let nearest = CommandLineWords.nearest(to: word, among: names)
        let hint = nearest.map { "did you mean spyhop \(group)\($0)?" } ?? "spyhop \(group)--help lists the commands"
        let error = EngineError(.invalidArgument, "unknown command: spyhop \(group)\(word)", hint: hint)
        return await tell(error, by: nil)
    }

    private static func tellParsing(_ error: any Error) async -> Int32 {
        let text = RootCommand.fullMessage(for: error)
        if RootCommand.exitCode(for: error).isSuccess { return await tell(HelpText.arrange(text) + "\n", on: .output) }
        let message = RootCommand.message(for: error)
        // A usage line that goes on and on hides the sentence; --help has it all.
        let usage = text.split(separator: "\n").drop { !$0.hasPrefix("Usage:") && !$0.hasPrefix("  See") }
            .filter { $0.count <= 120 }
        let sentence = message.first.map { $0.lowercased() + message.dropFirst() } ?? "bad usage"
        // The words that are quoted may come from anywhere, and a terminal would obey them.
        let lines = "spyhop: \(sentence)".split(separator: "\n", omittingEmptySubsequences: false) + usage
        _ = await tell(lines.map { GoText.harmless(String($0)) + "\n" }.joined(), on: .error)
        // Docker: 125 for a flag that is wrong, 1 for arguments that are missing, too many or contradict each other.
        let isFlagWrong = ["Unknown option", "Missing value for", "The value", "The option"].contains {
            message.hasPrefix($0)
        }
        return isFlagWrong ? 125 : 1
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
