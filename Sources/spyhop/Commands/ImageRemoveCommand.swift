import ArgumentParser
import Engine

/// `image rm`, docker's longer spelling of `rmi`.
struct ImageRemoveCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "Remove images.", usage: "spyhop image rm [<options>] <image> ...",
        aliases: ["remove"])

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Remove an image with several names, or used by stopped containers.")
    var force = false

    @Flag(name: .customLong("no-prune"), help: "Accepted as docker's: there are no untagged parents to keep.")
    var noPrune = false

    @Argument(help: .init("Names or identifiers.", valueName: "image"), completion: Completions.images)
    var images: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await RemoveImageCommand.remove(images, force: force, context)
        return 0
    }
}
