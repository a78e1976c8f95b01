import ArgumentParser
import Engine

/// `ps`: the list of containers.
struct PsCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "ps", abstract: "List containers.", usage: "spyhop ps [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var options: ContainerListOptions

    func execute(_ context: CommandContext) async throws -> Int32 { try await options.list(context) }
}
