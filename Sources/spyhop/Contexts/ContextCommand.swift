import ArgumentParser
import Engine

/// `context`: the engines that can be chosen, docker's contexts among them.
struct ContextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "context", abstract: "Show, choose and make the engines that commands go to.",
        discussion: """
            Contexts are docker's own, in ~/.docker/contexts; spyhop, docker, podman and host are there without one. What is
            chosen by use counts for Spyhop alone: docker's own choice stays as it is.
            """,
        subcommands: [
            ContextListCommand.self, ContextShowCommand.self, ContextUseCommand.self, ContextInspectCommand.self,
            ContextCreateCommand.self, ContextRemoveCommand.self,
        ])

    /// The store of docker's contexts.
    static func store(_ context: CommandContext) throws(EngineError) -> DockerContexts {
        guard let store = DockerContexts(context.environment) else {
            throw EngineError(.unsupported, "there is no place for contexts", hint: "set HOME or DOCKER_CONFIG")
        }
        return store
    }
}
