import ArgumentParser
import Engine

/// `system prune`: removes all that nothing uses.
struct SystemPruneCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove what nothing uses.", usage: "spyhop system prune [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(
        name: .shortAndLong,
        help: "Remove all images without a container, not only those without a name, and all of the build cache.")
    var all = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @Flag(help: "Remove anonymous volumes too.")
    var volumes = false

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Only what fits: until=TIME, label=KEY[=VALUE], label!=….", valueName: "key=value"))
    var filter: [String] = []

    func execute(_ context: CommandContext) async throws -> Int32 {
        let filter = try PruneFilter(filter, now: context.now)
        guard !volumes || !filter.hasMoment else {
            throw EngineError(
                .invalidArgument, "the \"until\" filter is not supported with \"--volumes\"", hint: "leave one out")
        }
        let parts = try await parts(context, filter)
        if !force {
            guard try await Confirmation.ask(question(parts)) else { return 0 }
        }
        var bytes: Int64 = 0
        for part in parts {
            do {
                let done = try await part.carryOut(context)
                bytes += done.bytes
                try await context.print(done.list(part.title))
            } catch let error as EngineError where error.code == .unsupported && part.items.isEmpty {
                // An engine that has no such things.
            }
        }
        try await context.print("Total reclaimed space: \(HumanSize.decimal(UInt64(max(0, bytes))))\n")
        return 0
    }

    /// In the order in which they are removed: what comes first sets free what comes later.
    private func parts(_ context: CommandContext, _ filter: PruneFilter) async throws -> [PrunePart] {
        let usage = try await context.engine.diskUsage()
        let containers = PrunePart.containers(usage) { filter.allows($0.labels, $0.createdAt) }
        let gone = Set(containers.items.map(\.name))
        let names = Set(
            usage.containers.map(\.container).filter { gone.contains($0.id.rawValue) }.map(\.name))
        var parts = [
            containers,
            try await PrunePart.networks(context, without: gone) { filter.allows($0.spec.labels, $0.createdAt) },
        ]
        if volumes {
            parts.append(
                PrunePart.volumes(usage.volumes, without: names, named: false) { filter.allows($0.labels, nil) })
        }
        parts.append(
            PrunePart.images(usage, without: gone, all: all, leftovers: self.filter.isEmpty) {
                filter.allows($0.labels, $0.createdAt)
            })
        // A step has no labels: whoever asks for some does not mean the cache.
        if !filter.hasLabels {
            var prune = BuildCachePrune()
            prune.all = all
            prune.unusedSince = filter.moment
            parts.append(PrunePart.buildCache(usage.buildCache, prune))
        }
        return parts
    }

    /// Docker's warning, and under each of its lines what would go and how much.
    private func question(_ parts: [PrunePart]) -> String {
        let sentences = [
            "Deleted Containers": "all stopped containers",
            "Deleted Networks": "all networks not used by at least one container",
            "Deleted Volumes": "all anonymous volumes not used by at least one container",
            "Deleted Images": all
                ? "all images without at least one container associated to them" : "all dangling images",
            "Deleted build cache objects": all ? "all build cache" : "unused build cache",
        ]
        var lines = ["WARNING! This will remove:"]
        for part in parts {
            lines.append("  - \(sentences[part.title] ?? part.title) (\(part.summary))")
            lines += part.lines
        }
        let total = parts.map(\.bytes).reduce(0, +)
        return (lines + ["", "Together: \(HumanSize.decimal(UInt64(max(0, total))))", ""]).joined(separator: "\n")
    }
}
