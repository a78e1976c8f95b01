import ArgumentParser
import Engine

/// `attach`: the terminal joined to a running container.
struct AttachCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Join the input and output of a running container.",
        usage: "spyhop attach [<options>] <container>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .customLong("no-stdin"), help: "Leave standard input out.")
    var noInput = false

    @OptionGroup var session: SessionOptions

    @Argument(help: .init("Name or identifier.", valueName: "container"), completion: Completions.containers)
    var container: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let engine = try context.engine
        let details = try await engine.inspect(container)
        guard details.container.state.isAlive else {
            throw EngineError(
                .conflict, "container \(container) is not running", hint: "start it with spyhop start -a \(container)")
        }
        if case .paused = details.container.state {
            throw EngineError(
                .conflict, "container \(container) is paused", hint: "let it go on with spyhop unpause \(container)")
        }
        let tty = details.spec.tty
        let input = !noInput && details.spec.openStdin
        try ContainerSession.requireTerminal(tty: tty, input: input)
        let id = details.container.id.rawValue
        let live = try await engine.attach(to: id, input: input)
        if let size = ContainerSession.size(tty: tty) { try await live.resize(size) }
        let joined = ContainerSession(
            context: context, id: id, tty: tty, input: input, choice: try session.choice())
        return try await joined.pump(live)
    }
}
