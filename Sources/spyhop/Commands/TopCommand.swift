import ArgumentParser
import Engine

/// `top`: a container's processes.
struct TopCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(commandName: "top", abstract: "Show a container's processes.")

    @OptionGroup var global: GlobalOptions

    @Argument(help: .init("Name or identifier.", valueName: "container"))
    var container: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let table = try await context.engine.processes(of: container)
        let lines = ([table.titles] + table.rows).map { $0.map(GoText.harmless).joined(separator: "\t") }
        try await context.print(TextTable.render(lines, minimumWidth: 20, padding: 3))
        return 0
    }
}
