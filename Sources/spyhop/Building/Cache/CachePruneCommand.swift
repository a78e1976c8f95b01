import ArgumentParser
import Engine

/// `builder prune` and `buildx prune`: removes what is kept for later builds.
struct CachePruneCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove what is kept for later builds.",
        usage: "spyhop builder prune [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Remove also what images still have as layers, and what ADD has fetched.")
    var all = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Only what fits: until=TIME (not used since then), id=…, type=….", valueName: "key=value"))
    var filter: [String] = []

    @Option(
        name: [.customLong("reserved-space"), .customLong("max-used-space"), .customLong("keep-storage")],
        parsing: .unconditional,
        help: .init("Let so much stay, what was used last before the rest.", valueName: "bytes"))
    var reservedSpace: String?

    @Flag(help: "Show all that has gone, and not identifiers alone.")
    var verbose = false

    @Option(name: .customLong("min-free-space"), parsing: .unconditional, help: .hidden)
    var minFreeSpace: String?
    @Option(name: .long, parsing: .unconditional, help: .hidden)
    var builder: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        if let minFreeSpace {
            throw EngineError(
                .unsupported, "--min-free-space \(minFreeSpace): what else is on the disk is not looked at",
                hint: "--reserved-space says how much may stay")
        }
        try CacheFilter.check(builder: builder)
        let filters = try CacheFilter(filter, now: context.now)
        var prune = BuildCachePrune()
        prune.all = all
        prune.unusedSince = filters.unusedSince
        prune.kinds = filters.kinds
        prune.ids = filters.ids
        prune.keepBytes = try reservedSpace.map { try ByteSize.bytes($0, for: "--reserved-space") }
        let part = PrunePart.buildCache(try await context.engine.buildCache(), prune)
        let kind = all ? "all build cache" : "all dangling build cache"
        guard verbose else {
            return try await part.askAndCarryOut(
                force ? nil : "WARNING! This will remove \(kind) (\(part.summary)).", context)
        }
        if !force {
            let question = ["WARNING! This will remove \(kind) (\(part.summary))."] + part.lines
            guard try await Confirmation.ask(question.joined(separator: "\n")) else { return 0 }
        }
        let gone = try await context.engine.pruneBuildCache(prune)
        let bytes = HumanSize.decimal(UInt64(max(0, CachePruneChoice.bytes(gone))))
        try await context.print(
            gone.map { CacheRow.details($0, now: context.now) }.joined() + "Total reclaimed space: \(bytes)\n")
        return 0
    }
}
