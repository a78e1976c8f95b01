import ArgumentParser
import Engine

/// `history` and `image history`: the steps that an image was made in.
struct HistoryCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show the steps that an image was made in.",
        usage: "spyhop history [<options>] <image>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: .long, help: .init("Sizes and times as people read them; --human=false or -H=false for plain ones."))
    var human = true

    @Flag(name: .customLong("no-trunc"), help: "Do not shorten.")
    var noTruncation = false

    @Flag(name: .shortAndLong, help: "Only identifiers.")
    var quiet = false

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    @Argument(help: .init("Name or identifier.", valueName: "image"), completion: Completions.images)
    var image: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let listFormat = try ListFormat(format, defaultTable: HistoryRow.defaultTable(human: human))
        let entries = try await context.engine.imageHistory(image)
        let rows = entries.map { HistoryRow.row($0, now: context.now, truncate: !noTruncation, human: human) }
        guard quiet, format == nil || format == "table" else {
            try await context.print(try listFormat.render(rows, headings: HistoryRow.headings))
            return 0
        }
        try await context.print(rows.map { ($0.value.member("ID")?.text ?? "") + "\n" }.joined())
        return 0
    }
}
