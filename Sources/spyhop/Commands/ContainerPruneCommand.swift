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
        var reclaimed: Int64 = 0
        for container in try await engine.containers() {
            switch container.state {
            case .created, .exited, .dead: break
            case .running, .paused, .restarting: continue
            }
            do {
                let details = try await engine.inspect(container.id.rawValue)
                let written = try await ContainerSizes.measure(details, imageSize: 0).written
                try await engine.remove(container.id.rawValue, force: false)
                reclaimed += written
                removed.append(container.id.rawValue)
            } catch let error as EngineError {
                try await context.warn(error.description)
            }
        }
        if !removed.isEmpty {
            try await context.print("Deleted Containers:\n" + removed.map { $0 + "\n" }.joined() + "\n")
        }
        try await context.print("Total reclaimed space: \(HumanSize.decimal(UInt64(max(0, reclaimed))))\n")
        return 0
    }
}
