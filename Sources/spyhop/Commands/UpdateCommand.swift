import ArgumentParser
import Engine

/// `update`: other limits, at once.
struct UpdateCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change the limits or restart policy of containers.",
        usage: "spyhop update [<options>] <container> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var resources: ResourceOptions

    @Argument(help: .init("Names or identifiers.", valueName: "container"), completion: Completions.containers)
    var containers: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        let limits = try resources.limits()
        let policy = try resources.restartPolicy()
        for warning in resources.warnings { try await context.warn(warning) }
        guard limits != ResourceLimits() || policy != nil || !resources.warnings.isEmpty else {
            throw EngineError(
                .invalidArgument, "there is nothing to change", hint: "give at least one option, such as --memory 256m")
        }
        try await context.forEach(containers) { engine, reference in
            for warning in try await engine.update(reference, limits: limits, restartPolicy: policy) {
                try await context.warn(warning)
            }
            return reference
        }
        return 0
    }
}
