import ArgumentParser
import Engine

/// `network prune`: removes networks that no container wants.
struct NetworkPruneCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove all networks that no container uses.",
        usage: "spyhop network prune [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Only what fits: until=TIME, label=KEY[=VALUE], label!=….", valueName: "key=value"))
    var filter: [String] = []

    func execute(_ context: CommandContext) async throws -> Int32 {
        let filter = try PruneFilter(filter, now: context.now)
        let part = try await PrunePart.networks(context, without: []) {
            filter.allows($0.spec.labels, $0.createdAt)
        }
        if !force {
            let warning = "WARNING! This will remove all custom networks not used by at least one container"
            let question = ["\(warning) (\(part.summary))."] + part.lines
            guard try await Confirmation.ask(question.joined(separator: "\n")) else { return 0 }
        }
        try await context.print(try await part.carryOut(context).list(part.title))
        return 0
    }
}
