import ArgumentParser
import Engine

/// `image prune`: removes images that nothing names, or with `-a` that no container uses.
struct ImagePruneCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove unused images.", usage: "spyhop image prune [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Remove all that no container uses, not only those without a name.")
    var all = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    func execute(_ context: CommandContext) async throws -> Int32 {
        let sentence = all ? "This removes all images without a container." : "This removes all images without a name."
        if !force {
            guard try await Confirmation.ask(sentence) else { return 0 }
        }
        let engine = try context.engine
        let used = Set(try await engine.containers().map(\.imageID))
        var lines: [String] = []
        let before = try await engine.images().reduce(0) { $0 + $1.size }
        for image in try await engine.images() where !used.contains(image.id) && (all || image.tags.isEmpty) {
            for reference in image.tags.isEmpty ? [image.id.rawValue] : image.tags {
                do {
                    lines += try await engine.removeImage(reference, force: false).map(RemoveImageCommand.line)
                } catch let error as EngineError {
                    try await context.warn(error.description)
                }
            }
        }
        if !lines.isEmpty { try await context.print("Deleted Images:\n" + lines.map { $0 + "\n" }.joined() + "\n") }
        let reclaimed = before - (try await engine.images().reduce(0) { $0 + $1.size })
        try await context.print("Total reclaimed space: \(HumanSize.decimal(UInt64(max(0, reclaimed))))\n")
        return 0
    }
}
