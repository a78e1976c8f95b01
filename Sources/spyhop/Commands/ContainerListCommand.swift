import ArgumentParser
import Engine

/// `container ls`: the list of containers.
struct ContainerListCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List containers.", usage: "spyhop container ls [<options>]", aliases: ["list"])

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var options: ContainerListOptions

    func execute(_ context: CommandContext) async throws -> Int32 { try await options.list(context) }
}
