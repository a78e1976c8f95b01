import ArgumentParser
import Engine

/// `images`: the list of images.
struct ImagesCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "images", abstract: "List images.", usage: "spyhop images [<options>] [<repository>[:<tag>]]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var options: ImageListOptions

    func execute(_ context: CommandContext) async throws -> Int32 { try await options.list(context) }
}
