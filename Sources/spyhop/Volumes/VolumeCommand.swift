import ArgumentParser

/// `volume`: directories that outlive containers.
struct VolumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "volume", abstract: "Make, show and remove volumes.",
        subcommands: [
            VolumeCreateCommand.self, VolumeInspectCommand.self, VolumeListCommand.self, VolumePruneCommand.self,
            VolumeRemoveCommand.self,
        ])
}
