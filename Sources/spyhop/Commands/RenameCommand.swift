import ArgumentParser
import Engine

/// `rename`: another name for a container.
struct RenameCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename", abstract: "Rename a container.", usage: "spyhop rename <container> <name>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("Name or identifier.", valueName: "container"), completion: Completions.containers)
    var container: String

    @Argument(help: .init("The new name.", valueName: "name"))
    var name: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.engine.rename(container, to: name)
        return 0
    }
}
