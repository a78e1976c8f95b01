import ArgumentParser
import Engine

/// `tag`: a further name for an image.
struct TagCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "Give an image a further name.", usage: "spyhop tag <image> <name>[:<tag>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("Name or identifier.", valueName: "image"), completion: Completions.images)
    var image: String

    @Argument(help: .init("The new name.", valueName: "name[:tag]"))
    var name: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.engine.tag(image, as: name)
        return 0
    }
}
