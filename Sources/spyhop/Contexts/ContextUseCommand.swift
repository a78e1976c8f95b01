import ArgumentParser
import Engine
import LinuxSystem

/// `context use`: chooses the engine for what follows.
struct ContextUseCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Choose the engine that commands go to.", usage: "spyhop context use <name>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("An engine's or a context's name, or all.", valueName: "name"))
    var name: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let catalog = EngineCatalog(context.environment)
        var selection = EngineSelection()
        selection.engine = name
        _ = try catalog.chosen(selection)
        guard let path = catalog.keptPath else {
            throw EngineError(.unsupported, "there is no place to keep the choice", hint: "set HOME or XDG_CONFIG_HOME")
        }
        do throws(SystemError) {
            try Files.makeDirectories(Files.directory(of: path))
            if name == "spyhop" {
                try? Files.remove(path)
            } else {
                try Files.writeAtomically(Array("\(name)\n".utf8), to: path)
            }
        } catch {
            throw EngineError(.system, "cannot keep the choice in \(path)", cause: error)
        }
        try await context.print("\(name)\n")
        return 0
    }
}
