import ArgumentParser
import Engine
import LinuxSystem

/// `import`: an image out of a root file system.
struct ImportCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Make an image from a root file system: a tar archive or a directory.",
        usage: "spyhop import [<options>] <file>|<directory>|- [<repository>[:<tag>]]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("c", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init("Apply a Dockerfile instruction, such as 'CMD [\"sh\"]'.", valueName: "instruction"))
    var change: [String] = []

    @Option(name: .shortAndLong, parsing: .unconditional, help: .init("Comment.", valueName: "text"))
    var message: String?

    @Argument(
        help: .init("Archive or directory; - is standard input.", valueName: "file|directory|-"), completion: .file())
    var source: String

    @Argument(help: .init("Name of the image.", valueName: "name[:tag]"))
    var name: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        guard !source.hasPrefix("http://"), !source.hasPrefix("https://") else {
            throw EngineError(
                .unsupported, "cannot import \(source): spyhop fetches nothing from the network",
                hint: "fetch it yourself: curl -L \(source) | spyhop import - NAME")
        }
        let path = context.environment.absolute(source)
        if source != "-", (try? Files.status(path, followLink: true))??.isDirectory == true {
            return try await run(.directory(path), context)
        }
        if source == "-" { return try await run(.archive(descriptor: 0), context) }
        let file = try InputFile.open(source, context)
        return try await run(.archive(descriptor: file.rawValue), context)
    }

    private func run(_ source: ImageImport.Source, _ context: CommandContext) async throws -> Int32 {
        let id = try await context.engine.importRoot(
            ImageImport(source: source, reference: name, changes: change, message: message))
        try await context.print(id.rawValue + "\n")
        return 0
    }
}
