import ArgumentParser

/// `system`: what the engine has and takes, as a whole.
struct SystemCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "system", abstract: "Show and clear what the engine takes on the disk.",
        subcommands: [
            SystemUsageCommand.self, EventsCommand.self, InfoCommand.self, SystemPruneCommand.self,
        ])
}
