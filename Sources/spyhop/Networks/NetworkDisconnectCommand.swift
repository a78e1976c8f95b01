import ArgumentParser
import Engine

/// `network disconnect`: takes a container off a network.
struct NetworkDisconnectCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "disconnect", abstract: "Take a container off a network.",
        usage: "spyhop network disconnect [<options>] <network> <container>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Also where one of them is half gone.")
    var force = false

    @Argument(help: .init("Name or identifier.", valueName: "network"), completion: Completions.networks)
    var network: String

    @Argument(help: .init("Name or identifier.", valueName: "container"), completion: Completions.containers)
    var container: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.engine.disconnect(container, from: network, force: force)
        return 0
    }
}
