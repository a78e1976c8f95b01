import ArgumentParser
import Engine

/// `volume ls`: the list of volumes.
struct VolumeListCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List volumes.", usage: "spyhop volume ls [<options>]", aliases: ["list"])

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Only names.")
    var quiet = false

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init("Only what fits: dangling, driver, label, name.", valueName: "key=value"))
    var filter: [String] = []

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        let filters = try FilterSet(filter, allowed: FilterSet.volumeKeys)
        try filters.checkVolumeValues()
        let listFormat = try ListFormat(format, defaultTable: context.engineColumn + VolumeRow.defaultTable)
        let withSizes = format?.contains(".Size") ?? false
        let volumes = try await context.engine.volumes(sizes: withSizes).filter(filters.matches)
        if quiet && format == nil {
            try await context.print(volumes.map { $0.name + "\n" }.joined())
            return 0
        }
        try await context.print(
            try listFormat.render(volumes.map { VolumeRow.row($0).of($0.engine) }, headings: VolumeRow.headings))
        return 0
    }
}
