import ArgumentParser
import Engine
import OCI

/// `pull`: images out of registries.
struct PullCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Fetch images from registries.",
        usage: "spyhop pull [<options>] <name>[:<tag>|@<digest>] ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: [.customShort("a"), .customLong("all-tags")], help: "Fetch all tags of the repository.")
    var allTags = false

    @Flag(name: .shortAndLong, help: "Show no progress, only the names.")
    var quiet = false

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("Of an image for several platforms, this one.", valueName: "os/arch"))
    var platform: String?

    @Argument(help: .init("Names.", valueName: "name"), completion: Completions.images)
    var names: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.forEach(names) { engine, name in
            let reference = try ImageReference(name)
            guard !allTags || ImageName.lacksTag(name) else {
                throw EngineError(
                    .invalidArgument, "--all-tags wants a name without a tag, not \(name)",
                    hint: "spyhop pull -a \(reference.repository)")
            }
            let images = try await ImagePull(
                request: PullRequest(reference: name, platform: platform, allTags: allTags), isQuiet: quiet
            ).run(engine)
            return allTags ? "\(reference.domain)/\(reference.path)" : images.first?.fullReference ?? reference.full
        }
        return 0
    }
}
