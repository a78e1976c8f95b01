import ArgumentParser
import Engine

/// `exec`: a further command in a running container.
struct ExecCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec", abstract: "Run a command in a running container.",
        usage: "spyhop exec [<options>] <container> <command> [<argument> ...]", helpNames: .long)

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Run in the background.")
    var detach = false

    @OptionGroup var process: ProcessOptions

    @Option(
        name: .customLong("detach-keys"), parsing: .unconditional,
        help: .init("Keys that leave the command running.", valueName: "keys"))
    var detachKeys: String?

    @Argument(
        parsing: .captureForPassthrough, help: .init("Container, command and its arguments.", valueName: "container"),
        completion: Completions.containers)
    var words: [String] = []

    func validate() throws { _ = try PassthroughWords.check(words, atLeast: 2, named: "<container> <command>") }

    func execute(_ context: CommandContext) async throws -> Int32 {
        let words = try PassthroughWords.check(words, atLeast: 2, named: "<container> <command>")
        var spec = ExecSpec(command: Array(words.dropFirst()))
        spec.environment = try process.environment(context.environment)
        spec.workingDirectory = process.workdir
        spec.user = process.user
        spec.tty = process.tty
        spec.privileged = process.privileged
        let engine = try context.engine
        if detach {
            try await engine.execDetached(in: words[0], spec)
            return 0
        }
        spec.openStdin = process.interactive
        try ContainerSession.requireTerminal(tty: spec.tty, input: spec.openStdin)
        spec.size = ContainerSession.size(tty: spec.tty)
        let keys = try detachKeys.map { try DetachKeys($0) } ?? .standard
        let live = try await Self.begin(spec, in: words[0], engine, context)
        let foreground = ForegroundSession(
            session: live, tty: spec.tty, input: spec.openStdin, keys: keys, proxy: nil)
        switch try await foreground.run() {
        case .exited(let code): return code
        case .left:
            try await StandardStream.error.write("read escape sequence\n")
            return 0
        case .interrupted(let signal): return 128 + signal
        case .dropped(let reason):
            throw EngineError(.system, "the session with the command in \(words[0]) ended early: \(reason)")
        }
    }

    /// Starts the command. As in docker what keeps it from starting, such as a working directory or user that is not
    /// there, ends with 126, while a container that is not there or does not run ends with 1.
    private static func begin(
        _ spec: ExecSpec, in container: String, _ engine: any ContainerEngine, _ context: CommandContext
    ) async throws -> any Session {
        do { return try await engine.exec(in: container, spec) } catch let error as EngineError
            where error.code == .invalidArgument || error.code == .system
        {
            try await context.warn(error.description)
            throw CommandFailure(code: 126)
        }
    }
}
