import ArgumentParser
import Engine

/// `events`: what happens, as it happens.
struct EventsCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Show what happens in the engine, as it happens.",
        usage: "spyhop events [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("From this time on (10m, 2026-01-02T15:04:05Z).", valueName: "time"))
    var since: String?

    @Option(name: .long, parsing: .unconditional, help: .init("Up to this time, then end.", valueName: "time"))
    var until: String?

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init("Only what fits: type, container, image, network, volume, event, label.", valueName: "key=value"))
    var filter: [String] = []

    @Option(name: .long, parsing: .unconditional, help: .init("json or a template.", valueName: "format"))
    var format: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        let filters = try FilterSet(filter, allowed: FilterSet.eventKeys)
        let template = try format.flatMap { $0 == "json" ? nil : try Template($0) }
        let now = context.now
        let reader = try await context.engine.events(
            since: try since.map { try TimeArgument.moment($0, for: "--since", now: now) },
            until: try until.map { try TimeArgument.moment($0, for: "--until", now: now) })
        while let events = try await reader.next() {
            let lines = try events.filter(filters.matches).map { event in
                if let template { return try template.render(EventLine.json(event)) + "\n" }
                return (format == "json" ? EventLine.json(event).compact : EventLine.text(event)) + "\n"
            }
            if !lines.isEmpty { try await context.print(lines.joined()) }
        }
        return 0
    }
}
