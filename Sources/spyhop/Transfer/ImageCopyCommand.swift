import ArgumentParser
import Engine

/// `copy`: an image from one place to another, registries, archives and this engine among them.
struct ImageCopyCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy an image between registries, archives, directories and this engine.",
        usage: "spyhop copy [<options>] <source> [<destination>]",
        discussion: """
            A place is spelt as skopeo does it: docker://NAME (or a bare name) is a registry, spyhop:NAME is here, and
            oci:DIR[:NAME], oci-archive:FILE[:NAME], docker-archive:FILE[:NAME], dir:DIR are files. ENGINE::NAME is an image
            of another engine (docker::web:1, podman::web:1); without a destination it comes here under the same name.
            """)

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Copy an image for several platforms with all of them.")
    var all = false

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("Of an image for several platforms, this one.", valueName: "os/arch"))
    var platform: String?

    @Flag(name: .shortAndLong, help: "Show no progress, only the digest.")
    var quiet = false

    @Argument(help: .init("Where it is.", valueName: "source"))
    var source: String

    @Argument(help: .init("Where it goes.", valueName: "destination"))
    var destination: String?

    func validate() throws {
        if all, platform != nil { throw ValidationError("--all and --platform contradict each other") }
        if destination == nil, EngineReference(source).engine == nil {
            throw ValidationError("Missing expected argument '<destination>'")
        }
    }

    private func place(_ directory: String) throws -> ImageLocation {
        guard let destination else { return .store(EngineReference(source).reference) }
        // `podman::` is there, under the same name.
        if destination.hasSuffix("::") { return .store(destination + EngineReference(source).reference) }
        return try LocationArgument.parse(destination, directory: directory)
    }

    func execute(_ context: CommandContext) async throws -> Int32 {
        let directory = context.environment.workingDirectory
        let copy = ImageCopy(
            from: try LocationArgument.parse(source, directory: directory),
            to: try place(directory), platform: platform, allPlatforms: all)
        let engine = try context.engine
        let digest = try await TransferSession(verb: .copy, isQuiet: quiet).run { progress in
            try await engine.copyImage(copy, progress: progress)
        }
        try await context.print(quiet ? "\(digest)\n" : "Digest: \(digest)\n")
        return 0
    }
}
