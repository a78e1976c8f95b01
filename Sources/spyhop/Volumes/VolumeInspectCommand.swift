import ArgumentParser
import Engine

/// `volume inspect`: everything about volumes.
struct VolumeInspectCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show everything about volumes.",
        usage: "spyhop volume inspect [<options>] <volume> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("A template, such as {{.Mountpoint}}.", valueName: "format"))
    var format: String?

    @Argument(help: .init("Names.", valueName: "volume"), completion: Completions.volumes)
    var volumes: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        let engine = try context.engine
        try await Inspection.show(volumes, format: format, context) { name in
            VolumeObject.value(try await engine.inspectVolume(name))
        }
        return 0
    }
}
