import ArgumentParser
import Engine

/// `image verify`: holds stored images to their digests, and mends what is damaged.
struct ImageVerifyCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check stored images against their digests.",
        usage: "spyhop image verify [<options>] [<image> ...]",
        discussion: "Reads every blob and every unpacked file. The exit code is 1 when something is wrong in the end.")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(help: "Fetch damaged blobs again from their registry, unpack damaged layers again.")
    var repair = false

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    @Argument(
        help: .init("Names or identifiers; all images without any.", valueName: "image"), completion: Completions.images
    )
    var images: [String] = []

    func execute(_ context: CommandContext) async throws -> Int32 {
        let listFormat = try ListFormat(format, defaultTable: VerificationRow.defaultTable)
        let results = try await context.engine.verifyImages(images, repair: repair) { _ in }
        try await context.print(
            listFormat.render(results.map(VerificationRow.row), headings: VerificationRow.headings))
        for result in results {
            for line in VerificationRow.faultLines(result) { try await context.warn(line) }
        }
        return results.allSatisfy(\.isWhole) ? 0 : 1
    }
}
