import ArgumentParser

/// `container`: docker's longer spelling of the commands.
struct ContainerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "container", abstract: "The container commands under docker's longer names.",
        subcommands: everyday.filter { $0 != InspectCommand.self } + [
            ContainerInspectCommand.self, ContainerListCommand.self, ContainerPruneCommand.self,
        ])

    /// The commands that stand beneath `spyhop` itself too.
    static let everyday: [any ParsableCommand.Type] = [
        RunCommand.self, CreateCommand.self, StartCommand.self, StopCommand.self, RestartCommand.self,
        KillCommand.self, PauseCommand.self, UnpauseCommand.self, RemoveCommand.self, PsCommand.self,
        LogsCommand.self, ExecCommand.self, AttachCommand.self, InspectCommand.self, TopCommand.self,
        StatsCommand.self, WaitCommand.self, RenameCommand.self, UpdateCommand.self, CopyCommand.self,
        DiffCommand.self, PortCommand.self,
    ]
}
