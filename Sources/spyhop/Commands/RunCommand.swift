import ArgumentParser
import Engine

/// `run`: create, start, and join the terminal.
struct RunCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Create and start a container.",
        usage: "spyhop run [<options>] <image> [<command>] [<argument> ...]", helpNames: .long)
    static let failureCode: Int32 = 125

    @OptionGroup var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Run in the background and print the identifier.")
    var detach = false

    @OptionGroup var container: ContainerOptions
    @OptionGroup var session: SessionOptions

    @Argument(parsing: .captureForPassthrough, help: .init("Image, command and its arguments.", valueName: "image"))
    var words: [String] = []

    func validate() throws { _ = try PassthroughWords.check(words, atLeast: 1, named: "<image>") }

    func execute(_ context: CommandContext) async throws -> Int32 {
        let words = try PassthroughWords.check(words, atLeast: 1, named: "<image>")
        let spec = try container.spec(image: words[0], command: Array(words.dropFirst()), context.environment)
        let isJoined = !detach
        if isJoined {
            try ContainerSession.requireTerminal(tty: spec.tty, input: spec.openStdin)
            _ = try session.keys()
        }
        let engine = try context.engine
        let id = try await CreateCommand.create(spec, cidfile: container.cidfile, context)
        guard isJoined else {
            try await engine.start(id.rawValue)
            try await context.print(id.rawValue + "\n")
            return 0
        }
        return try await runJoined(id, spec, context)
    }

    private func runJoined(_ id: ContainerID, _ spec: ContainerSpec, _ context: CommandContext) async throws -> Int32 {
        let engine = try context.engine
        let live: any Session
        do {
            live = try await engine.startAttached(id.rawValue, size: ContainerSession.size(tty: spec.tty))
        } catch {
            if spec.autoRemove { try? await engine.remove(id.rawValue, force: true) }
            throw error
        }
        let joined = ContainerSession(
            context: context, id: id.rawValue, tty: spec.tty, input: spec.openStdin, options: session)
        let code = try await joined.pump(live)
        if spec.autoRemove { try await removeWhenOver(id, engine) }
        return code
    }

    /// A container that was only left goes on, and its monitor removes it later.
    private func removeWhenOver(_ id: ContainerID, _ engine: any ContainerEngine) async throws {
        do {
            guard try await !engine.container(id.rawValue).state.isAlive else { return }
            try await engine.remove(id.rawValue, force: false)
        } catch let error as EngineError where error.code == .notFound {
            return
        }
    }
}
