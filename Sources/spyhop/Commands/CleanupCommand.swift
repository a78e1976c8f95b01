import ArgumentParser
import Engine

/// `internal cleanup ID`: what a monitor starts when its `--rm` container has ended and nobody else removes it.
struct CleanupCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "cleanup", abstract: "Remove a container that has ended.", shouldDisplay: false)

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("Whole identifier.", valueName: "id"))
    var id: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.services.reap(ContainerID(rawValue: id))
        return 0
    }
}
