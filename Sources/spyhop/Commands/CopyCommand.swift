import ArgumentParser
import Engine

/// `cp`: files in and out of containers.
struct CopyCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "cp", abstract: "Copy files between a container and this machine.",
        discussion: "One of source and destination is container:path; - is a tar stream.")

    @OptionGroup var global: GlobalOptions

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
        guard !quiet, case .some(let target) = request.toldTarget else { return 0 }
        try await StandardStream.error.write("Successfully copied to \(GoText.harmless(target))\n")
        return 0
    }
}
