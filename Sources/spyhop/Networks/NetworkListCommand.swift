import ArgumentParser
import Engine

/// `network ls`: the list of networks.
struct NetworkListCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List networks.", usage: "spyhop network ls [<options>]", aliases: ["list"])

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Only identifiers.")
    var quiet = false

    @Flag(name: .customLong("no-trunc"), help: "Do not shorten.")
    var noTruncation = false

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init("Only what fits: driver, id, label, name, scope, type, dangling.", valueName: "key=value"))
    var filter: [String] = []

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        let filters = try FilterSet(filter, allowed: FilterSet.networkKeys)
        try filters.checkNetworkValues()
        let listFormat = try ListFormat(format, defaultTable: context.engineColumn + NetworkRow.defaultTable)
        let networks = try await context.engine.networks().filter(filters.matches)
        if quiet && format == nil {
            let identifiers = networks.map { noTruncation ? $0.id.rawValue : $0.id.short }
            try await context.print(identifiers.map { $0 + "\n" }.joined())
            return 0
        }
        let rows = networks.map { NetworkRow.row($0, truncate: !noTruncation).of($0.engine) }
        try await context.print(try listFormat.render(rows, headings: NetworkRow.headings))
        return 0
    }
}
