import ArgumentParser

/// `network`: the networks that containers are on.
struct NetworkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "network", abstract: "Make, show, join and remove networks.",
        subcommands: [
            NetworkConnectCommand.self, NetworkCreateCommand.self, NetworkDisconnectCommand.self,
            NetworkInspectCommand.self, NetworkListCommand.self, NetworkPruneCommand.self, NetworkRemoveCommand.self,
        ])
}
