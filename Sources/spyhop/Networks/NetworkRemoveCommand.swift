import ArgumentParser
import Engine

/// `network rm`: networks that nobody is on.
struct NetworkRemoveCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "Remove networks.", usage: "spyhop network rm [<options>] <network> ...",
        aliases: ["remove"])

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "One that is not there is no failure.")
    var force = false

    @Argument(help: .init("Names or identifiers.", valueName: "network"), completion: Completions.networks)
    var networks: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.forEach(networks) { engine, reference in
            do {
                try await engine.removeNetwork(reference)
            } catch let error as EngineError where force && error.code == .notFound {
                return nil
            }
            return reference
        }
        return 0
    }
}
