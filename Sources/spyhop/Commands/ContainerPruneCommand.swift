import ArgumentParser
import Engine

/// `container prune`: removes every container that does not run.
struct ContainerPruneCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove all containers that do not run.",
        usage: "spyhop container prune [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Only what fits: until=TIME, label=KEY[=VALUE], label!=….", valueName: "key=value"))
    var filter: [String] = []

    func execute(_ context: CommandContext) async throws -> Int32 {
        let filter = try PruneFilter(filter, now: context.now)
        let part = PrunePart.containers(try await context.engine.diskUsage()) {
            filter.allows($0.labels, $0.createdAt)
        }
        return try await part.askAndCarryOut(
            force ? nil : "WARNING! This will remove all stopped containers (\(part.summary)).", context)
    }
}
