import ArgumentParser
import Engine

/// `internal`: what the program calls itself for.
struct InternalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "internal", abstract: "What the program calls itself for.", shouldDisplay: false,
        subcommands: [CleanupCommand.self])
}
