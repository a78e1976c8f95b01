import ArgumentParser
import Engine

/// `image diff`: how two images differ.
struct ImageDiffCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show how two images differ in files and settings.",
        usage: "spyhop image diff [<options>] <image> <image>",
        discussion: """
            The second image is seen from the first: A is only in the second, D only in the first (of a directory, it alone
            is told), C is in both and not the same. Times alone are no difference.
            """)

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .customLong("files-only"), help: "Leave out settings.")
    var filesOnly = false

    @Flag(name: .customLong("settings-only"), help: "Leave out files.")
    var settingsOnly = false

    @Flag(name: .customLong("exit-code"), help: "Exit with 1 when the images differ.")
    var exitCode = false

    @Option(name: .long, parsing: .unconditional, help: .init("json or a template.", valueName: "format"))
    var format: String?

    @Argument(help: .init("Name or identifier.", valueName: "image"), completion: Completions.images)
    var first: String

    @Argument(help: .init("Name or identifier.", valueName: "image"), completion: Completions.images)
    var second: String

    func validate() throws {
        if filesOnly && settingsOnly { throw ValidationError("--files-only and --settings-only exclude each other") }
    }

    func execute(_ context: CommandContext) async throws -> Int32 {
        let template = try format.flatMap { $0 == "json" || $0.isEmpty ? nil : try Template($0) }
        let report = DifferenceReport(
            try await context.engine.compareImages(first, second), files: !settingsOnly, settings: !filesOnly)
        if let template {
            try await context.print(try template.render(report.value) + "\n")
        } else {
            try await context.print(format == "json" ? report.value.compact + "\n" : report.text)
        }
        return exitCode && !report.isEmpty ? 1 : 0
    }
}
