import ArgumentParser
import Engine

/// `stop`: the stop signal, and after a while SIGKILL.
struct StopCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stop running containers.", usage: "spyhop stop [<options>] <container> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var options: StopOptions

    @Argument(help: .init("Names or identifiers.", valueName: "container"), completion: Completions.containers)
    var containers: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        let signal = try options.signalNumber()
        try await context.forEach(containers) { engine, reference in
            try await engine.stop(reference, timeout: options.timeout, signal: signal)
            return reference
        }
        return 0
    }
}
