import ArgumentParser
import Engine

/// `wait`: until containers end; prints their exit codes.
struct WaitCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait", abstract: "Wait until containers end, and print their exit codes.",
        usage: "spyhop wait <container> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("Names or identifiers.", valueName: "container"), completion: Completions.containers)
    var containers: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await context.forEach(containers) { engine, reference in String(try await engine.wait(reference)) }
        return 0
    }
}
