import ArgumentParser

/// `version`.
struct VersionCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Show the version.")

    @OptionGroup var global: GlobalOptions

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.print(Version.line + "\n")
        return 0
    }
}
