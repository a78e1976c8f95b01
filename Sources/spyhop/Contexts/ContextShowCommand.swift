import ArgumentParser

/// `context show`: the engine that commands go to.
struct ContextShowCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show which engine commands go to.", usage: "spyhop context show")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    func execute(_ context: CommandContext) async throws -> Int32 {
        let chosen = context.settings.engines.context ?? context.settings.engines.engine
        try await context.print((chosen ?? EngineCatalog(context.environment).kept ?? "spyhop") + "\n")
        return 0
    }
}
