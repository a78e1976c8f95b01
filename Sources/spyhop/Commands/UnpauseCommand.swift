import ArgumentParser
import Engine

/// `unpause`: let held processes go on.
struct UnpauseCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpause", abstract: "Let the processes of paused containers go on.",
        usage: "spyhop unpause <container> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("Names or identifiers.", valueName: "container"), completion: Completions.containers)
    var containers: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.forEach(containers) { engine, reference in
            try await engine.unpause(reference)
            return reference
        }
        return 0
    }
}
