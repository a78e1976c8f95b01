import ArgumentParser
import Engine

/// `network inspect`: everything about networks, and who is on them.
struct NetworkInspectCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show everything about networks, and who is on them.",
        usage: "spyhop network inspect [<options>] <network> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("A template, such as {{.IPAM.Config}}.", valueName: "format"))
    var format: String?

    /// There is never more to tell.
    @Flag(name: .shortAndLong, help: .hidden)
    var verbose = false

    @Argument(help: .init("Names or identifiers.", valueName: "network"), completion: Completions.networks)
    var networks: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        let engine = try context.engine
        try await Inspection.show(networks, format: format, context) { reference in
            NetworkObject.value(try await engine.inspectNetwork(reference))
        }
        return 0
    }
}
