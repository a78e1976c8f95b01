import ArgumentParser
import Engine
import OCI

/// `push`: an image into the registry that its name tells.
struct PushCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Put an image into the registry that its name tells.",
        usage: "spyhop push [<options>] <name>[:<tag>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: [.customShort("a"), .customLong("all-tags")], help: "Put all tags of the repository there.")
    var allTags = false

    @Flag(name: .shortAndLong, help: "Show no progress, only the name.")
    var quiet = false

    @Argument(help: .init("Name of an image that is here.", valueName: "name"), completion: Completions.images)
    var name: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let reference = try ImageReference(name)
        let lacksTag = ImageName.lacksTag(name)
        guard !allTags || lacksTag else {
            throw EngineError(
                .invalidArgument, "--all-tags wants a name without a tag, not \(name)",
                hint: "spyhop push -a \(reference.repository)")
        }
        let engine = try context.engine
        if !quiet, !allTags, lacksTag { try await context.print("Using default tag: latest\n") }
        let request = PushRequest(reference: name, allTags: allTags)
        let pushed = try await TransferSession(verb: .push, isQuiet: quiet).run { progress in
            try await engine.push(request, progress: progress)
        }
        if quiet {
            try await context.print((allTags ? "\(reference.domain)/\(reference.path)" : reference.full) + "\n")
        } else {
            try await context.print(pushed.map(Self.line).joined())
        }
        return 0
    }

    /// `latest: digest: sha256:… size: 1234`.
    static func line(_ pushed: PushedImage) -> String {
        "\(ImageRow.split(pushed.reference).1): digest: \(pushed.digest) size: \(pushed.size)\n"
    }
}
