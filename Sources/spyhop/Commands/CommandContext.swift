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
        var failed = false
        for reference in references {
            do {
                if let line = try await work(engine, reference) { try await print(line + "\n") }
            } catch let error as EngineError {
                failed = true
                try await warn(error.description)
            }
        }
        if failed { throw CommandFailure(code: 1) }
    }
}
