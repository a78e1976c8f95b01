import ArgumentParser
import Engine

/// `volume rm`: volumes that no container mounts.
struct VolumeRemoveCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "Remove volumes.", usage: "spyhop volume rm [<options>] <volume> ...",
        aliases: ["remove"])

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "One that is not there is no failure.")
    var force = false

    @Argument(help: .init("Names.", valueName: "volume"), completion: Completions.volumes)
    var volumes: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.forEach(volumes) { engine, name in
            try await engine.removeVolume(name, force: force)
            return name
        }
        return 0
    }
}
