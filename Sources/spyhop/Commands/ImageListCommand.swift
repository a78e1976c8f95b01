import ArgumentParser
import Engine

/// `image ls`: the list of images.
struct ImageListCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List images.", usage: "spyhop image ls [<options>] [<repository>[:<tag>]]",
        aliases: ["list"])

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var options: ImageListOptions

    func execute(_ context: CommandContext) async throws -> Int32 { try await options.list(context) }
}
