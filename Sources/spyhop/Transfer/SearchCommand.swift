import ArgumentParser
import Engine

/// `search`: repositories of a registry by what they are called and said to be.
struct SearchCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Look for images in Docker Hub, or in another registry.",
        usage: "spyhop search [<options>] [<registry>/]<term>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(name: .long, parsing: .unconditional, help: .init("At most so many, 1 to 100.", valueName: "number"))
    var limit = 25

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init("Only what fits: stars, is-official, is-automated.", valueName: "key=value"))
    var filter: [String] = []

    @Flag(name: .customLong("no-trunc"), help: "Do not shorten.")
    var noTruncation = false

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    @Argument(help: .init("What to look for.", valueName: "term"))
    var term: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let listFormat = try ListFormat(format, defaultTable: FoundRow.defaultTable)
        let found = try await context.engine.search(try request())
        let rows = found.map { FoundRow.row($0, truncate: !noTruncation) }
        try await context.print(try listFormat.render(rows, headings: FoundRow.headings))
        return 0
    }

    /// What is asked of the registry.
    /// - Throws: `EngineError` `.invalidArgument`.
    func request() throws -> RegistrySearch {
        guard (1...100).contains(limit) else {
            throw EngineError(.invalidArgument, "--limit \(limit) is outside of 1 to 100")
        }
        let filters = try FilterSet(filter, allowed: ["stars", "is-official", "is-automated"])
        var search = RegistrySearch(term: term, limit: limit)
        for text in filters.values["stars"] ?? [] {
            guard let stars = Int(text), stars >= 0 else {
                throw EngineError(.invalidArgument, "filter stars=\(text) wants a number")
            }
            search.minimumStars = max(stars, search.minimumStars ?? 0)
        }
        search.isOfficial = try Self.truth(filters, "is-official")
        search.isAutomated = try Self.truth(filters, "is-automated")
        return search
    }

    private static func truth(_ filters: FilterSet, _ key: String) throws -> Bool? {
        guard let text = filters.values[key]?.last else { return nil }
        guard let truth = OptionWords.truth(text) else {
            throw EngineError(.invalidArgument, "filter \(key)=\(text) wants true or false")
        }
        return truth
    }
}
