import ArgumentParser
import Engine

/// `logout`: forgets what a registry was logged in to with.
struct LogoutCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Log out of a registry.", usage: "spyhop logout [<server>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("Host of the registry; without it Docker Hub.", valueName: "server"))
    var server: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        let registry = RegistryServer(server)
        let hadSome = try await context.engine.logout(registry: registry.host)
        try await context.print(
            (hadSome ? "Removing login credentials for " : "Not logged in to ") + GoText.harmless(registry.shown) + "\n"
        )
        return 0
    }
}
