import ArgumentParser
import Engine

/// `container inspect`: everything about containers, and about nothing else of the same name.
struct ContainerInspectCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show everything about containers.",
        usage: "spyhop container inspect [<options>] <container> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("A template, such as {{.State.Status}}.", valueName: "format"))
    var format: String?

    @Flag(name: .shortAndLong, help: "Show what they occupy on the disk too.")
    var size = false

    @Argument(help: .init("Names or identifiers.", valueName: "container"), completion: Completions.containers)
    var containers: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        let engine = try context.engine
        try await Inspection.show(containers, format: format, context) { reference in
            try await InspectCommand.container(reference, withSize: size, engine)
        }
        return 0
    }
}
