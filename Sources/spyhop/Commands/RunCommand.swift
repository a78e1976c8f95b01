import ArgumentParser
import Engine

/// `run`: create, start, and join the terminal.
struct RunCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Create and start a container.",
        usage: "spyhop run [<options>] <image> [<command>] [<argument> ...]", helpNames: .long)
    static let failureCode: Int32 = 125

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Run in the background and print the identifier.")
    var detach = false

    @Option(
        name: [.customShort("a", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init("Join only this stream: stdin, stdout or stderr.", valueName: "stream"))
    var attach: [String] = []

    @OptionGroup var container: ContainerOptions
    @OptionGroup var session: SessionOptions

    @Argument(
        parsing: .captureForPassthrough, help: .init("Image, command and its arguments.", valueName: "image"),
        completion: Completions.images)
    var words: [String] = []

    func validate() throws { _ = try PassthroughWords.check(words, atLeast: 1, named: "<image>") }

    func execute(_ context: CommandContext) async throws -> Int32 {
        for warning in container.warnings { try await context.warn(warning) }
        return try await request(context.environment).carryOut(context)
    }

    /// What was asked for, in the engine's terms.
    func request(_ environment: ProcessEnvironment) throws -> RunRequest {
        let words = try PassthroughWords.check(words, atLeast: 1, named: "<image>")
        guard attach.isEmpty || !detach else {
            throw EngineError(
                .invalidArgument, "--attach and --detach contradict each other", hint: "leave one out")
        }
        var choice = try session.choice()
        choice.streams = try AttachedStreams(attach)
        return RunRequest(
            spec: try container.spec(
                image: words[0], command: Array(words.dropFirst()), cgroupParent: global.cgroupParent, environment),
            isDetached: detach, cidfile: container.cidfile, session: choice, demand: try container.demand())
    }
}
