import ArgumentParser
import Engine
import LinuxSystem

/// `load`: images out of an archive.
struct LoadCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Read images that docker, podman or skopeo wrote.",
        usage: "spyhop load [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: .shortAndLong, parsing: .unconditional,
        help: .init("File or directory to read; else standard input.", valueName: "file"), completion: .file())
    var input: String?

    /// Docker's hides the progress and still tells what was loaded; there is no progress here.
    @Flag(name: .shortAndLong, help: "Show no progress.")
    var quiet = false

    func execute(_ context: CommandContext) async throws -> Int32 {
        let loaded: [String]
        if let input, isDirectory(input, context) {
            loaded = try await context.engine.load(fromDirectory: context.environment.absolute(input))
        } else if let input {
            let file = try InputFile.open(input, context)
            loaded = try await context.engine.load(fromDescriptor: file.rawValue)
        } else {
            guard !RawTerminal.isInput else {
                throw EngineError(
                    .invalidArgument, "an archive does not come from a terminal", hint: "use -i FILE, or a pipe")
            }
            loaded = try await context.engine.load(fromDescriptor: 0)
        }
        try await context.print(
            loaded.map { "Loaded image\($0.hasPrefix("sha256:") ? " ID" : ""): \($0)\n" }.joined())
        return 0
    }

    /// An OCI image layout, or skopeo's `dir:`.
    private func isDirectory(_ input: String, _ context: CommandContext) -> Bool {
        let facts = try? Files.status(context.environment.absolute(input), followLink: true)
        return facts?.isDirectory == true
    }
}
