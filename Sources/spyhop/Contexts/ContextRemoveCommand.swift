import ArgumentParser
import Engine

/// `context rm`: removes contexts, docker's as well.
struct ContextRemoveCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "Remove contexts.", usage: "spyhop context rm [<options>] <name> ...",
        aliases: ["remove"])

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Also the one that is chosen.")
    var force = false

    @Argument(help: .init("Contexts' names.", valueName: "name"))
    var names: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        let store = try ContextCommand.store(context)
        let kept = EngineCatalog(context.environment).kept
        try await context.forEach(names) { name in
            let found = try store.context(name)
            if !force, name == kept || name == store.current {
                throw EngineError(
                    .conflict, "context \(name) is the one that is chosen", hint: "-f removes it all the same")
            }
            try store.remove(found)
            return name
        }
        return 0
    }
}
