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
        let filters = try FilterSet(filter, allowed: ["until", "label", "label!"])
        let until = try filters.values["until"]?.map { try TimeArgument.moment($0, for: "until", now: context.now) }
        if !force {
            let sentence = "WARNING! This will remove all custom networks not used by at least one container."
            guard try await Confirmation.ask(sentence) else { return 0 }
        }
        let removed = try await Self.prune(context) { network in
            filters.allowsLabels(network.spec.labels) && !filters.forbidsLabels(network.spec.labels)
                && until?.allSatisfy { network.createdAt < $0 } ?? true
        }
        if !removed.isEmpty {
            try await context.print("Deleted Networks:\n" + removed.map { $0 + "\n" }.joined() + "\n")
        }
        return 0
    }

    /// Removes what no container, running or not, is on or wants, and `fits` lets through; answers the names.
    static func prune(_ context: CommandContext, _ fits: (Network) -> Bool = { _ in true }) async throws -> [String] {
        let engine = try context.engine
        let wanted = Set(try await engine.containers().flatMap(\.networks))
        var removed: [String] = []
        for network in try await engine.networks()
        where !network.isPredefined && network.endpoints.isEmpty && !wanted.contains(network.name) && fits(network) {
            do {
                try await engine.removeNetwork(network.id.rawValue)
                removed.append(network.name)
            } catch let error as EngineError where error.code == .conflict || error.code == .notFound {
                // Somebody was quicker: it is in use now, or gone.
            }
        }
        return removed
    }
}
