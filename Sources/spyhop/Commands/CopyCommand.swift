import ArgumentParser
import Engine

/// `cp`: files in and out of containers.
struct CopyCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "cp", abstract: "Copy files between a container and this machine.",
        usage: """
            spyhop cp [<options>] <container>:<path> <path>|-
            spyhop cp [<options>] <path>|- <container>:<path>
            """,
        discussion: "One of source and destination is container:path; - is a tar stream.")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Keep owner and group.")
    var archive = false

    @Flag(name: [.customShort("L"), .customLong("follow-link")], help: "Follow the source's symbolic link.")
    var followLink = false

    @Flag(name: .shortAndLong, help: "Do not tell what was copied.")
    var quiet = false

    @Argument(help: .init("Where from.", valueName: "source"))
    var source: String

    @Argument(help: .init("Where to.", valueName: "destination"))
    var destination: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let request = try CopyRequest(source: source, destination: destination)
        let copier = FileCopier(
            engine: try context.engine, directory: context.environment.workingDirectory, followLink: followLink,
            keepOwners: archive)
        try await copier.copy(request)
        // As docker has it, a script's standard error stays clean.
        guard !quiet, StandardStream.error.isTerminal, let target = request.toldTarget else { return 0 }
        try await StandardStream.error.write("Successfully copied to \(GoText.harmless(target))\n")
        return 0
    }
}
