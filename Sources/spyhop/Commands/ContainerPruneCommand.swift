import ArgumentParser
import Engine

/// `container prune`: removes every container that does not run.
struct ContainerPruneCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove all containers that do not run.",
        usage: "spyhop container prune [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var force = false

    func execute(_ context: CommandContext) async throws -> Int32 {
        if !force {
            guard try await Confirmation.ask("This removes all stopped containers.") else { return 0 }
        }
        let engine = try context.engine
        var removed: [String] = []
        for container in try await engine.containers() {
            switch container.state {
            case .created, .exited, .dead: break
            case .running, .paused, .restarting: continue
            }
            do {
                try await engine.remove(container.id.rawValue, force: false)
                removed.append(container.id.rawValue)
            } catch let error as EngineError {
                try await context.warn(error.description)
            }
        }
        if !removed.isEmpty {
            try await context.print("Deleted Containers:\n" + removed.map { $0 + "\n" }.joined())
        }
        return 0
    }
}
