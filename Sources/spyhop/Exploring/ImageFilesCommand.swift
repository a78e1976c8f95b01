import ArgumentParser
import Engine

/// `image files`: what is in a directory of an image.
struct ImageFilesCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "files", abstract: "List a directory of an image.",
        usage: "spyhop image files [<options>] <image> [<path>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(name: .long, parsing: .unconditional, help: .init("json: an object a line.", valueName: "format"))
    var format: String?

    @Argument(help: .init("Name or identifier.", valueName: "image"), completion: Completions.images)
    var image: String

    @Argument(help: .init("The directory's path in the image; the root when left out.", valueName: "path"))
    var path = "/"

    func execute(_ context: CommandContext) async throws -> Int32 {
        guard format == nil || format == "json" else {
            throw EngineError(.invalidArgument, "--format of image files wants json, not \"\(format ?? "")\"")
        }
        let files = try await context.engine.imageFiles(image, in: path)
        if format == "json" {
            try await context.print(files.map { Self.value($0).compact + "\n" }.joined())
        } else {
            try await context.print(TextTable.render(files.map(Self.line), minimumWidth: 1, padding: 2))
        }
        return 0
    }

    /// Mode, owner, size and name, as ls(1) orders them.
    static func line(_ file: LayerFile) -> String {
        let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
        return "\(ExploringText.mode(file))\t\(file.uid):\(file.gid)\t\(ExploringText.size(file.size))\t"
            + ExploringText.name(name, of: file)
    }

    /// Nothing is told of a change: there is none.
    private static func value(_ file: LayerFile) -> JSONValue {
        .object((FileObject.value(file).members ?? []).filter { $0.key != "Change" })
    }
}
