import ArgumentParser
import Engine

/// `stats`: a live table of usage.
struct StatsCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Show a live table of the containers' usage.")

    @OptionGroup var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Show containers that do not run, too.")
    var all = false

    @Flag(name: .customLong("no-stream"), help: "Show one table and end.")
    var noStream = false

    @Flag(name: .customLong("no-trunc"), help: "Do not shorten identifiers.")
    var noTruncation = false

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    @Argument(help: .init("Names or identifiers; all that run when left out.", valueName: "container"))
    var containers: [String] = []

    func execute(_ context: CommandContext) async throws -> Int32 {
        let listFormat = try ListFormat(format, defaultTable: StatisticsRow.defaultTable)
        let engine = try context.engine
        // A name that is wrong is told before anything is measured.
        var wanted: Set<ContainerID> = []
        for reference in containers { wanted.insert(try await engine.container(reference).id) }
        let redraws = !noStream && StandardStream.output.isTerminal
        // The only table should be true; the first of many will soon be corrected.
        let statistics = try context.services.statistics(firstInterval: .milliseconds(noStream ? 500 : 100))
        for await frame in statistics.frames() {
            let rows = try await engine.containers().filter { container in
                wanted.isEmpty ? all || container.state.isAlive : wanted.contains(container.id)
            }.map { StatisticsRow.row($0, frame.containers[$0.id], truncate: !noTruncation) }
            let text = try listFormat.render(rows, headings: StatisticsRow.headings)
            try await context.print(redraws ? Self.overwriting(text) : text)
            if noStream { break }
        }
        return 0
    }

    /// The text drawn over the one before: from the top left corner, each line's and the screen's rest cleared.
    private static func overwriting(_ text: String) -> String {
        "\u{1b}[H" + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\u{1b}[K\n")
            + "\u{1b}[J"
    }
}
