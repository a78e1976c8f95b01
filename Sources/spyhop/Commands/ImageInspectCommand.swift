import ArgumentParser
import Engine

/// `image inspect`: everything about images.
struct ImageInspectCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show everything about images.",
        usage: "spyhop image inspect [<options>] <image> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("A template, such as {{.Id}}.", valueName: "format"))
    var format: String?

    @OptionGroup var remote: RemoteOptions

    @Argument(help: .init("Names or identifiers.", valueName: "image"), completion: Completions.images)
    var images: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        try remote.check()
        let engine = try context.engine
        try await Inspection.show(images, format: format, context) { reference in
            if let object = try await remote.object(reference, engine) { return object }
            return ImageInspection.value(try await engine.inspectImage(reference))
        }
        return 0
    }
}
