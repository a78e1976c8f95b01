import ArgumentParser
import Engine

/// `image rm`, docker's longer spelling of `rmi`.
struct ImageRemoveCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "Remove images.", usage: "spyhop image rm [<options>] <image> ...",
        aliases: ["remove"])

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var options: ImageRemovalOptions

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await RemoveImageCommand.remove(options.images, force: options.force, context)
        return 0
    }
}
