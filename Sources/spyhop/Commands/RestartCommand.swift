import ArgumentParser
import Engine

/// `restart`: stop and start.
struct RestartCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart", abstract: "Restart containers.", usage: "spyhop restart [<options>] <container> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var options: StopOptions

    @Argument(help: .init("Names or identifiers.", valueName: "container"), completion: Completions.containers)
    var containers: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        let signal = try options.signalNumber()
        try await context.forEach(containers) { engine, reference in
            try await engine.restart(reference, timeout: options.timeout, signal: signal)
            return reference
        }
        return 0
    }
}
