import ArgumentParser
import Engine

/// `port`: where a container's ports are published.
struct PortCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "port", abstract: "Show where the ports of a container are published.",
        usage: "spyhop port <container> [<port>[/<protocol>]]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("Name or identifier.", valueName: "container"), completion: Completions.containers)
    var container: String

    @Argument(help: .init("Only this one.", valueName: "port"))
    var port: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        let container = try await context.engine.container(container)
        let published = container.ports.sorted()
        guard let port else {
            let lines = published.map { "\($0.container) -> \(PortListing.place($0))\n" }
            try await context.print(lines.joined())
            return 0
        }
        guard let wanted = ExposedPort(port) else {
            throw EngineError(.invalidArgument, "\"\(port)\" is no port", hint: "for instance 80 or 53/udp")
        }
        let places = published.filter { $0.container == wanted }.map { PortListing.place($0) + "\n" }
        guard !places.isEmpty else {
            throw EngineError(.notFound, "no public port '\(wanted)' published for \(self.container)")
        }
        try await context.print(places.joined())
        return 0
    }
}
