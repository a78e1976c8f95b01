import ArgumentParser
import Engine

/// `top`: a container's processes.
struct TopCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "top", abstract: "Show a container's processes.",
        usage: "spyhop top <container> [<ps options>]",
        discussion: "With options of ps(1), such as aux or -o pid,comm, the host's ps says what is shown.",
        helpNames: .long)

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(
        parsing: .captureForPassthrough, help: .init("Name or identifier, and options of ps.", valueName: "container"),
        completion: Completions.containers)
    var words: [String] = []

    func validate() throws { _ = try PassthroughWords.check(words, atLeast: 1, named: "<container>") }

    func execute(_ context: CommandContext) async throws -> Int32 {
        let words = try PassthroughWords.check(words, atLeast: 1, named: "<container>")
        let engine = try context.engine
        let options = Array(words.dropFirst())
        let isHere = (engine as? any EngineOverview)?.engineStatuses().allSatisfy(\.isLocal) ?? true
        guard options.isEmpty || isHere else {
            throw EngineError(
                .unsupported, "options of ps are this host's, and container \(words[0]) may run on another",
                hint: "leave them out: spyhop top \(words[0])")
        }
        var table = try await engine.processes(of: words[0])
        if !options.isEmpty { table = try await ProcessListing.table(options, of: ProcessListing.pids(in: table)) }
        let lines = ([table.titles] + table.rows).map { $0.map(GoText.harmless).joined(separator: "\t") }
        try await context.print(TextTable.render(lines, minimumWidth: 20, padding: 3))
        return 0
    }
}
