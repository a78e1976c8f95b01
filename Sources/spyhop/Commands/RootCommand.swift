import ArgumentParser

/// `spyhop` itself.
struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spyhop",
        abstract: "Containers on live panes: an engine without a daemon, and a dashboard to watch it.",
        usage: "spyhop [<options>] [<command>]",
        discussion: """
            Without a command the dashboard opens. Commands and options are docker's; spyhop <command> --help shows them.
            spyhop --version prints the version, spyhop --generate-completion-script bash|zsh|fish a completion.
            """,
        subcommands: [
            DashboardCommand.self, DemoCommand.self, VersionCommand.self, InfoCommand.self, DoctorCommand.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "Containers",
                subcommands: ContainerCommand.everyday + [ContainerCommand.self]),
            CommandGroup(
                name: "Images",
                subcommands: [
                    ImagesCommand.self, BuildCommand.self, LoadCommand.self, ImportCommand.self, SaveCommand.self,
                    TagCommand.self,
                    RemoveImageCommand.self, HistoryCommand.self, ImageCommand.self, BuilderCommand.self,
                    BuildxCommand.self,
                ]),
            CommandGroup(
                name: "Registries",
                subcommands: [
                    PullCommand.self, PushCommand.self, ImageCopyCommand.self, SearchCommand.self, TagsCommand.self,
                    LoginCommand.self, LogoutCommand.self,
                ]),
            CommandGroup(name: "Networks and volumes", subcommands: [NetworkCommand.self, VolumeCommand.self]),
            CommandGroup(
                name: "Engine",
                subcommands: [
                    SystemCommand.self, ContextCommand.self, EventsCommand.self, OCICommand.self, InternalCommand.self,
                ]),
        ],
        defaultSubcommand: DashboardCommand.self)

    /// Commands that have commands.
    static let groups: Set<String> = [
        "builder", "buildx", "container", "context", "image", "network", "volume", "system", "internal",
    ]

    /// The names of the commands beneath `group`.
    static func names(in group: String) -> Set<String> {
        let types = configuration.subcommands.first { $0.configuration.commandName == group }
        return names(of: types?.configuration.subcommands ?? [])
    }

    /// The names of all commands, and what the parser adds.
    static var names: Set<String> {
        names(of: configuration.subcommands).union(["help"])
    }

    private static func names(of types: [any ParsableCommand.Type]) -> Set<String> {
        Set(types.flatMap { [$0.configuration.commandName ?? ""] + $0.configuration.aliases })
    }
}
