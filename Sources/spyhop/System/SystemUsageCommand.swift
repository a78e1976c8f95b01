import ArgumentParser
import Engine

/// `system df`: what images, containers and volumes take on the disk.
struct SystemUsageCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "df", abstract: "Show what things take on the disk.", usage: "spyhop system df [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Show every image, container and volume.")
    var verbose = false

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        let usage = try await context.engine.diskUsage()
        guard verbose else {
            let listFormat = try ListFormat(format, defaultTable: UsageRow.defaultTable)
            try await context.print(try listFormat.render(UsageRow.rows(usage), headings: UsageRow.headings))
            return 0
        }
        let report = UsageReport(usage, now: context.now)
        guard let format, !format.isEmpty else {
            try await context.print(try report.tables())
            return 0
        }
        let value = report.value
        try await context.print(format == "json" ? value.compact + "\n" : try Template(format).render(value) + "\n")
        return 0
    }
}
