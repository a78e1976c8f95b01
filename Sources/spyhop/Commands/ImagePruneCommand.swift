import ArgumentParser
import Engine

/// `image prune`: removes images that nothing names, or with `-a` that no container uses.
struct ImagePruneCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove unused images.", usage: "spyhop image prune [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Remove all that no container uses, not only those without a name.")
    var all = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Only what fits: until=TIME, label=KEY[=VALUE], label!=….", valueName: "key=value"))
    var filter: [String] = []

    func execute(_ context: CommandContext) async throws -> Int32 {
        let isWhole = filter.isEmpty
        let filter = try PruneFilter(filter, now: context.now)
        let part = PrunePart.images(try await context.engine.diskUsage(), all: all, leftovers: isWhole) {
            filter.allows($0.labels, $0.createdAt)
        }
        let kind = all ? "all images without at least one container associated to them" : "all dangling images"
        return try await part.askAndCarryOut(
            force ? nil : "WARNING! This will remove \(kind) (\(part.summary)).", context)
    }
}
