import ArgumentParser
import Engine

/// `image layers`: what each layer of an image does to its files, and what is carried for nothing.
struct ImageLayersCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "layers", abstract: "Show what each layer of an image does to its files.",
        usage: "spyhop image layers [<options>] <image>",
        discussion: """
            Layer 1 is the lowest. Files are marked as diff marks them: A added, C changed, D deleted; a directory that
            is only on the way has no mark. Wasted are bytes that nobody sees: a layer above replaces or removes the path.
            """)

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(help: "Show the files of each layer, a line a path.")
    var files = false

    @Flag(help: "Show the files of each layer as a tree.")
    var tree = false

    @Option(name: .long, help: .init("Show paths of so many names at most.", valueName: "n"))
    var depth: Int?

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Only this layer; may be repeated.", valueName: "n"))
    var layer: [Int] = []

    @Option(name: .long, help: .init("Only these: added, modified, removed.", valueName: "change,…"))
    var changes: String?

    @Option(name: .long, help: .init("The order of files: name or size.", valueName: "order"))
    var sort = "name"

    @Flag(help: "Show the paths that hide bytes.")
    var waste = false

    @Flag(name: .customLong("no-trunc"), help: "Do not shorten.")
    var noTruncation = false

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("json (all in one object), table TEMPLATE or a template for each layer.", valueName: "format"))
    var format: String?

    @OptionGroup(title: "Rules, each of which makes the exit code 1 when it is broken") var rules: EfficiencyOptions

    @Argument(help: .init("Name or identifier.", valueName: "image"), completion: Completions.images)
    var image: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let rules = try rules.rules()
        let choice = try choice()
        let listFormat = try ListFormat(format, defaultTable: LayersReport.defaultTable)
        let layers = try await context.engine.imageLayers(image)
        if let number = choice.layers.first(where: { !(1...max(1, layers.layers.count)).contains($0) }) {
            throw EngineError(
                .invalidArgument, "there is no layer \(number) in image \(image)",
                hint: "it has \(layers.layers.count), and the lowest is 1")
        }
        let report = LayersReport(layers, choice)
        if format == "json" {
            try await context.print(report.value.compact + "\n")
        } else if format == nil {
            try await context.print(try report.text())
        } else {
            try await context.print(try listFormat.render(report.rows, headings: LayersReport.headings))
        }
        let broken = rules.broken(by: layers)
        for rule in broken { try await context.warn(rule) }
        return broken.isEmpty ? 0 : 1
    }

    /// What the options ask for.
    /// - Throws: `.invalidArgument`.
    func choice() throws -> LayersReport.Choice {
        guard let order = FileTree.Order(rawValue: sort) else {
            throw EngineError(.invalidArgument, "--sort wants name or size, not \"\(sort)\"")
        }
        if let depth, depth < 1 {
            throw EngineError(.invalidArgument, "--depth wants a number from 1 on, not \(depth)")
        }
        var wanted: Set<LayerFile.Change> = [.added, .modified, .removed]
        if let changes {
            wanted = []
            for word in changes.split(separator: ",") {
                guard let change = LayerFile.Change(rawValue: String(word)), change != .unchanged else {
                    throw EngineError(
                        .invalidArgument, "--changes wants added, modified or removed, not \"\(word)\"")
                }
                wanted.insert(change)
            }
        }
        return LayersReport.Choice(
            files: tree ? .tree : files ? .list : .none, layers: Set(layer), changes: wanted, order: order,
            depth: depth,
            waste: waste, truncates: !noTruncation)
    }
}
