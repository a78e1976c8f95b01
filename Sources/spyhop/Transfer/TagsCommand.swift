import ArgumentParser
import Engine
import OCI

/// `tags`: all tags of a repository in its registry.
struct TagsCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "tags", abstract: "List the tags that a registry has of an image.",
        usage: "spyhop tags [<options>] <name>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(name: .long, parsing: .unconditional, help: .init("At most so many.", valueName: "number"))
    var limit: Int?

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    @Argument(help: .init("Name, without a tag.", valueName: "name"), completion: Completions.images)
    var name: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        guard limit.map({ $0 > 0 }) ?? true else {
            throw EngineError(.invalidArgument, "--limit \(limit ?? 0) wants a number from 1 on")
        }
        let reference = try ImageReference(name)
        // Without a format it is a list to feed other programs with.
        let listFormat = try ListFormat(format ?? "{{.Tag}}", defaultTable: "{{.Repository}}\t{{.Tag}}")
        let tags = try await context.engine.remoteTags(name)
        let rows = tags.prefix(limit ?? tags.count).map { tag in
            ListRow(value: ["Repository": .string(reference.repository), "Tag": .string(GoText.harmless(tag))])
        }
        try await context.print(
            try listFormat.render(Array(rows), headings: ["Repository": "REPOSITORY", "Tag": "TAG"]))
        return 0
    }
}
