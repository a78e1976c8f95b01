import ArgumentParser
import Engine

/// `diff`: what a container changed in its file system.
struct DiffCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what changed in a container's file system.",
        usage: "spyhop diff <container>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("Name or identifier.", valueName: "container"), completion: Completions.containers)
    var container: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let changes = try await context.engine.changes(in: container)
        try await context.print(changes.map { "\($0.kind.rawValue) \(GoText.harmless($0.path))\n" }.joined())
        return 0
    }
}
