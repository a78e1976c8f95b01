import ArgumentParser

/// `builder`: docker's longer spelling of builds, and their cache.
struct BuilderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "builder", abstract: "Build images, and look after what is kept for later builds.",
        subcommands: [BuildCommand.self, CacheUsageCommand.self, CachePruneCommand.self])
}

/// `buildx`: the same under the name of docker's plug-in.
struct BuildxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "buildx", abstract: "The builder commands under the name of docker's plug-in.",
        subcommands: [BuildCommand.self, CacheUsageCommand.self, CachePruneCommand.self])
}
