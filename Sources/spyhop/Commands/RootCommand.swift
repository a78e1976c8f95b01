import ArgumentParser

/// `spyhop` itself.
struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spyhop",
        abstract: "Containers on live panes: an engine without a daemon, and a dashboard to watch it.",
        discussion: "Without a command the dashboard opens.",
        version: Version.line,
        subcommands: [DashboardCommand.self, DemoCommand.self, VersionCommand.self, InfoCommand.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Containers",
                subcommands: ContainerCommand.everyday + [ContainerCommand.self]),
            CommandGroup(
                name: "Images",
                subcommands: [
                    ImagesCommand.self, LoadCommand.self, ImportCommand.self, SaveCommand.self, TagCommand.self,
                    RemoveImageCommand.self, ImageCommand.self,
                ]),
            CommandGroup(name: "Engine", subcommands: [EventsCommand.self, InternalCommand.self]),
        ],
        defaultSubcommand: DashboardCommand.self)

    /// Commands that have commands.
    static let groups: Set<String> = ["container", "image", "internal"]

    /// The names of all commands, and what the parser adds.
    static var names: Set<String> {
        let configuration = configuration
        let types = configuration.subcommands
        return Set(types.flatMap { [$0.configuration.commandName ?? ""] + $0.configuration.aliases } + ["help"])
    }
}
