import ArgumentParser
import Engine

/// `container ls`: the list of containers.
struct ContainerListCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List containers.", aliases: ["list"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var options: ContainerListOptions

    func execute(_ context: CommandContext) async throws -> Int32 { try await options.list(context) }
}
