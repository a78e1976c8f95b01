import ArgumentParser
import Engine

/// `pause`: hold the processes of containers.
struct PauseCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Hold all processes of containers.", usage: "spyhop pause <container> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("Names or identifiers.", valueName: "container"), completion: Completions.containers)
    var containers: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.forEach(containers) { engine, reference in
            try await engine.pause(reference)
            return reference
        }
        return 0
    }
}
