import ArgumentParser
import Engine

/// `rm`: containers and all that belongs to them.
struct RemoveCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "Remove containers.", usage: "spyhop rm [<options>] <container> ...",
        aliases: ["remove"])

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Remove running containers too, by SIGKILL.")
    var force = false

    @Flag(name: .shortAndLong, help: "Remove their anonymous volumes too.")
    var volumes = false

    @Flag(name: .shortAndLong, help: .hidden)
    var link = false

    @Argument(help: .init("Names or identifiers.", valueName: "container"), completion: Completions.containers)
    var containers: [String]

    func validate() throws {
        guard !link else {
            throw ValidationError("Links between containers are not there, so --link has nothing to remove")
        }
    }

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.forEach(containers) { engine, reference in
            do {
                try await engine.remove(reference, force: force, volumes: volumes)
            } catch let error as EngineError where force && error.code == .notFound {
                // Docker tells of it and still counts it as done.
                try await context.warn(error.description)
                return nil
            }
            return reference
        }
        return 0
    }
}
