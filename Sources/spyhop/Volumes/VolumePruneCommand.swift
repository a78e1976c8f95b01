import ArgumentParser
import Engine

/// `volume prune`: removes anonymous volumes that no container mounts, with `-a` all such volumes.
struct VolumePruneCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove volumes that no container mounts.",
        usage: "spyhop volume prune [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Remove named ones too, not only anonymous ones.")
    var all = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Only what fits: label=KEY[=VALUE], label!=…, all=true.", valueName: "key=value"))
    var filter: [String] = []

    func execute(_ context: CommandContext) async throws -> Int32 {
        let filters = try FilterSet(filter, allowed: ["label", "label!", "all"])
        try filters.checkVolumeValues()
        let everything = all || (filters.values["all"] ?? []).contains { OptionWords.truth($0) == true }
        let part = try await PrunePart.volumes(context, named: everything, filters)
        let kind = everything ? "all local volumes" : "anonymous local volumes"
        let warning = "WARNING! This will remove \(kind) not used by at least one container (\(part.summary))."
        return try await part.askAndCarryOut(force ? nil : warning, context)
    }
}
