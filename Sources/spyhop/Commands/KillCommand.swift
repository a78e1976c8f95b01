import ArgumentParser
import Engine

/// `kill`: a signal to a container's first process.
struct KillCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill", abstract: "Send a signal to containers.", usage: "spyhop kill [<options>] <container> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("s", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("Signal to send.", valueName: "signal"))
    var signal = "KILL"

    @Argument(help: .init("Names or identifiers.", valueName: "container"), completion: Completions.containers)
    var containers: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        let number = try SignalName.number(signal)
        try await context.forEach(containers) { engine, reference in
            try await engine.kill(reference, signal: number)
            return reference
        }
        return 0
    }
}
