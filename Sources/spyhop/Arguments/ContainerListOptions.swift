import ArgumentParser
import Engine

/// The options of `ps` and `container ls`, and the listing.
struct ContainerListOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Show containers that do not run, too.")
    var all = false

    @Flag(name: .shortAndLong, help: "Only identifiers.")
    var quiet = false

    @Option(
        name: [.customShort("n", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("The newest so many, in every state.", valueName: "count"))
    var last: Int?

    @Flag(name: .shortAndLong, help: "The newest one, in every state.")
    var latest = false

    @Flag(name: .customLong("no-trunc"), help: "Do not shorten.")
    var noTruncation = false

    @Flag(name: .shortAndLong, help: "Show what each has written to its disk, and with its image (virtual).")
    var size = false

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init(
            "Only what fits: id, name, label, status, ancestor, exited, network, volume, before, since, health, publish,"
                + " expose.",
            valueName: "key=value"))
    var filter: [String] = []

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    /// Lists on standard output.
    func list(_ context: CommandContext) async throws -> Int32 {
        let filters = try FilterSet(filter, allowed: FilterSet.containerKeys)
        try filters.checkContainerValues()
        let listFormat = try ListFormat(
            format, defaultTable: context.engineColumn + ContainerRow.defaultTable(withSize: size))
        let engine = try context.engine
        let containers = select(try await engine.containers(), filters)
        if quiet && format == nil {
            try await context.print(
                containers.map { (noTruncation ? $0.id.rawValue : $0.id.short) + "\n" }.joined())
            return 0
        }
        let now = context.now
        let sizes = size || Self.asksForSizes(format) ? try await ContainerSizes.measure(containers, engine) : [:]
        let rows = containers.map { container in
            ContainerRow.row(
                container, now: now, truncate: !noTruncation, size: sizes[container.id]?.text ?? "0B"
            ).of(container.engine)
        }
        try await context.print(try listFormat.render(rows, headings: ContainerRow.headings))
        return 0
    }

    /// Docker's rules: a status, exit code or count asked for shows every state.
    func select(_ containers: [Container], _ filters: FilterSet) -> [Container] {
        let count = latest ? 1 : last.flatMap { $0 < 0 ? nil : $0 }
        let everyState = all || count != nil || filters.values["status"] != nil || filters.values["exited"] != nil
        let fitting = containers.filter { container in
            (everyState || Self.isShownByDefault(container.state)) && filters.matches(container, among: containers)
        }
        return count.map { Array(fitting.prefix($0)) } ?? fitting
    }

    /// Sizes are measured for whoever shows them only: each is a walk through a directory.
    private static func asksForSizes(_ format: String?) -> Bool {
        format.map { $0.contains(".Size") || $0.contains("json .") } ?? false
    }

    private static func isShownByDefault(_ state: ContainerState) -> Bool {
        switch state {
        case .running, .paused, .restarting: true
        case .created, .exited, .dead: false
        }
    }
}
