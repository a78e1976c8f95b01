import Engine
import Glibc
import LinuxSystem

/// What a command works with. Nothing behind it is opened before it is asked for.
struct CommandContext: Sendable {
    let settings: Settings
    let environment: ProcessEnvironment
    let services: Services

    init(settings: Settings, environment: ProcessEnvironment) {
        self.settings = settings
        self.environment = environment
        services = Services(settings: settings, environment: environment)
    }

    /// The engine.
    var engine: any ContainerEngine { get throws { try services.engine() } }

    /// The first column of lists of several engines' things.
    var engineColumn: String { get throws { try services.isMerged ? "{{.Engine}}\t" : "" } }

    /// The present moment.
    var now: Timestamp { Timestamp(nanoseconds: Clock.realtime()) }

    /// Prints on standard output.
    func print(_ text: String) async throws { try await StandardStream.output.write(text) }

    /// Tells something on standard error.
    func warn(_ text: String) async throws {
        try await StandardStream.error.write("spyhop: \(GoText.harmless(text))\n")
    }

    /// Does `work` for each reference; failures are told as they come and the others still get their turn.
    /// Each success prints the reference, as docker does, unless `work` answers `nil`.
    /// - Throws: `CommandFailure` in the end when something failed.
    func forEach(
        _ references: [String], _ work: (any ContainerEngine, String) async throws -> String?
    ) async throws {
        let engine = try engine
        try await forEach(references) { reference in try await work(engine, reference) }
    }

    /// The same for what is no engine's.
    func forEach(_ names: [String], _ work: (String) async throws -> String?) async throws {
        var failed = false
        for name in names {
            do {
                if let line = try await work(name) { try await print(line + "\n") }
            } catch let error as EngineError {
                failed = true
                try await warn(error.description)
            }
        }
        if failed { throw CommandFailure(code: 1) }
    }
}
