import ArgumentParser
import Engine

/// `logs`: what a container has written.
struct LogsCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Show a container's output.", usage: "spyhop logs [<options>] <container>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Go on with new output.")
    var follow = false

    @Flag(name: .shortAndLong, help: "Show each line's time.")
    var timestamps = false

    /// The options of `--log-opt` that docker would show here are about rotation only, so nothing stands in front.
    @Flag(help: "Show extra details of each line, of which there are none here.")
    var details = false

    @Option(
        name: [.customShort("n", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("Only the last so many lines.", valueName: "count"))
    var tail = "all"

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("Only from this time on (10m, 2026-01-02T15:04:05Z).", valueName: "time"))
    var since: String?

    @Option(name: .long, parsing: .unconditional, help: .init("Only up to this time.", valueName: "time"))
    var until: String?

    @Argument(help: .init("Name or identifier.", valueName: "container"), completion: Completions.containers)
    var container: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let now = context.now
        let options = LogOptions(
            follow: follow, tail: try Self.count(tail),
            since: try since.map { try TimeArgument.moment($0, for: "--since", now: now) },
            until: try until.map { try TimeArgument.moment($0, for: "--until", now: now) })
        let reader = try await context.engine.logs(of: container, options: options)
        var writer = LogWriter(timestamps: timestamps, details: details)
        while let lines = try await reader.next() {
            for (stream, bytes) in writer.runs(of: lines) {
                try await (stream == .stdout ? StandardStream.output : .error).write(bytes)
            }
        }
        return 0
    }

    /// `all` or a negative number is everything, as in docker.
    static func count(_ text: String) throws -> Int? {
        if text == "all" || text.isEmpty { return nil }
        guard let count = Int(text) else {
            throw EngineError(
                .invalidArgument, "--tail wants a number of lines or all, not \"\(text)\"",
                hint: "for instance --tail 100")
        }
        return count < 0 ? nil : count
    }
}
