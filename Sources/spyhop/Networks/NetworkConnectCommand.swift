import ArgumentParser
import Engine

/// `network connect`: puts a container on a network, at once when it runs.
struct NetworkConnectCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect", abstract: "Put a container on a network.",
        usage: "spyhop network connect [<options>] <network> <container>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("A further name for the others on the network.", valueName: "name"))
    var alias: [String] = []

    @Option(name: .long, parsing: .unconditional, help: .init("IPv4 address on it.", valueName: "address"))
    var ip: String?

    @Option(name: .long, parsing: .unconditional, help: .init("IPv6 address on it.", valueName: "address"))
    var ip6: String?

    @Option(
        name: .customLong("mac-address"), parsing: .unconditional,
        help: .init("Hardware address on it.", valueName: "address"))
    var macAddress: String?

    @Option(name: .long, parsing: .unconditionalSingleValue, help: .hidden)
    var link: [String] = []

    @Argument(help: .init("Name or identifier.", valueName: "network"), completion: Completions.networks)
    var network: String

    @Argument(help: .init("Name or identifier.", valueName: "container"), completion: Completions.containers)
    var container: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        if let link = link.first {
            throw EngineError(
                .unsupported, "--link \(link) is docker's old way and not there",
                hint: "containers on a network find each other by name")
        }
        let attachment = NetworkAttachment(
            network: network, ipv4: try ip.map { try NetworkOption.ipv4($0, for: "--ip") },
            ipv6: try ip6.map { try NetworkOption.ipv6($0, for: "--ip6") },
            macAddress: try macAddress.map(NetworkOption.hardware), aliases: alias)
        try await context.engine.connect(container, attachment)
        return 0
    }
}
