import ArgumentParser
import Engine

/// `stats`: a live table of usage.
struct StatsCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Show a live table of the containers' usage.",
        usage: "spyhop stats [<options>] [<container> ...]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Show containers that do not run, too.")
    var all = false

    @Flag(name: .customLong("no-stream"), help: "Show one table and end.")
    var noStream = false

    @Flag(name: .customLong("no-trunc"), help: "Do not shorten identifiers.")
    var noTruncation = false

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    @Argument(
        help: .init("Names or identifiers; all that run when left out.", valueName: "container"),
        completion: Completions.containers)
    var containers: [String] = []

    func execute(_ context: CommandContext) async throws -> Int32 {
        let listFormat = try ListFormat(format, defaultTable: StatisticsRow.defaultTable)
        let engine = try context.engine
        // A name that is wrong is told before anything is measured.
        var wanted: [(reference: String, id: ContainerID)] = []
        for reference in containers { wanted.append((reference, try await engine.container(reference).id)) }
        try await context.services.prepareStatistics()
        let redraws = !noStream && StandardStream.output.isTerminal
        // The only table should be true; the first of many will soon be corrected.
        let statistics = try context.services.statistics(firstInterval: .milliseconds(noStream ? 500 : 100))
        var rounds = 0
        for await frame in statistics.frames() {
            let shown = Self.select(try await engine.containers(), wanted, all: all)
            rounds += 1
            // An engine elsewhere tells its first figures when it has counted for a second.
            let isIncomplete = shown.contains { $0.1.state.isAlive && frame.containers[$0.1.id] == nil }
            if noStream, isIncomplete, engine.name != "spyhop", rounds < 5 { continue }
            let rows = shown.map { reference, container in
                StatisticsRow.row(
                    container, frame.containers[container.id], truncate: !noTruncation, reference: reference)
            }
            let text = try listFormat.render(rows, headings: StatisticsRow.headings)
            try await context.print(redraws ? Self.overwriting(text) : text)
            if noStream { break }
        }
        return 0
    }

    /// The containers to show: those that were named, in their order, else all or all that run.
    private static func select(
        _ containers: [Container], _ wanted: [(reference: String, id: ContainerID)], all: Bool
    ) -> [(String?, Container)] {
        guard !wanted.isEmpty else { return containers.filter { all || $0.state.isAlive }.map { (nil, $0) } }
        return wanted.compactMap { reference, id in
            containers.first { $0.id == id }.map { (reference, $0) }
        }
    }

    /// The text drawn over the one before: from the top left corner, each line's and the screen's rest cleared.
    private static func overwriting(_ text: String) -> String {
        "\u{1b}[H" + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\u{1b}[K\n")
            + "\u{1b}[J"
    }
}
