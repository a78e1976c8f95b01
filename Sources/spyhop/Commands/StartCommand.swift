import ArgumentParser
import Engine

/// `start`: containers that are there already, again.
struct StartCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Start stopped containers.", usage: "spyhop start [<options>] <container> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Join the container's output, and pass signals on.")
    var attach = false

    @Flag(name: .shortAndLong, help: "Join the container's input too.")
    var interactive = false

    @OptionGroup var session: SessionOptions

    @Argument(help: .init("Names or identifiers.", valueName: "container"), completion: Completions.containers)
    var containers: [String]

    func validate() throws {
        guard !(attach || interactive) || containers.count == 1 else {
            throw ValidationError("You cannot start and attach multiple containers at once")
        }
    }

    func execute(_ context: CommandContext) async throws -> Int32 {
        guard attach || interactive, let reference = containers.first else {
            try await context.forEach(containers) { engine, reference in
                try await engine.start(reference)
                return reference
            }
            return 0
        }
        let engine = try context.engine
        let details = try await engine.inspect(reference)
        let tty = details.spec.tty
        let input = interactive && details.spec.openStdin
        try ContainerSession.requireTerminal(tty: tty, input: input)
        let id = details.container.id.rawValue
        let live: any Session
        if details.container.state.isAlive {
            live = try await engine.attach(to: id, input: input)
        } else {
            live = try await engine.startAttached(id, size: ContainerSession.size(tty: tty))
        }
        let joined = ContainerSession(
            context: context, id: id, tty: tty, input: input, choice: try session.choice())
        let code = try await joined.pump(live)
        if details.container.autoRemove { try? await engine.remove(id, force: false) }
        return code
    }
}
