import ArgumentParser
import Engine

/// `image tree`: images by the layers that they stand on.
struct ImageTreeCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "tree", abstract: "Show which images stand on which.",
        usage: "spyhop image tree [<options>]",
        discussion: """
            An image whose layers are the lowest ones of another stands below it: digests prove it. SIZE is what the layers
            of a place add, TOTAL what it makes together with all on the way to it.
            """)

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .customLong("no-trunc"), help: "Do not shorten.")
    var noTruncation = false

    @Option(name: .long, parsing: .unconditional, help: .init("json.", valueName: "format"))
    var format: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        guard format == nil || format == "json" else {
            throw EngineError(.invalidArgument, "--format of image tree wants json, not \"\(format ?? "")\"")
        }
        let report = HierarchyReport(try await context.engine.imageTree(), truncates: !noTruncation)
        try await context.print(format == "json" ? report.value.compact + "\n" : report.text)
        return 0
    }
}
