import ArgumentParser
import Engine

/// `builder du` and `buildx du`: what is kept for later builds.
struct CacheUsageCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "du", abstract: "Show what is kept for later builds.", usage: "spyhop builder du [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(help: "Show all that is known of each.")
    var verbose = false

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("json, pretty, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Only what fits: until=TIME (not used since then), id=…, type=….", valueName: "key=value"))
    var filter: [String] = []

    @Option(name: .long, parsing: .unconditional, help: .hidden)
    var builder: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        try CacheFilter.check(builder: builder)
        let filters = try CacheFilter(filter, now: context.now)
        let records = try await context.engine.buildCache().filter(filters.allows)
        if verbose || format == "pretty" {
            let details = records.map { CacheRow.details($0, now: context.now) }.joined()
            try await context.print(details + CacheRow.totals(records))
            return 0
        }
        let isTable = format == nil || format == "" || format == "table"
        let rows = records.map { CacheRow.row($0, now: context.now, marks: isTable) }
        let listFormat = try ListFormat(format, defaultTable: CacheRow.defaultTable)
        let list = try listFormat.render(rows, headings: CacheRow.headings)
        try await context.print(list + (isTable ? CacheRow.totals(records) : ""))
        return 0
    }
}
