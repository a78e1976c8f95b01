import ArgumentParser
import Engine

/// How a container's health is found out, in docker's words.
struct HealthOptions: ParsableArguments {
    @Option(
        name: .customLong("health-cmd"), parsing: .unconditional,
        help: .init("Command for a shell in the container; 0 is healthy.", valueName: "command"))
    var command: String?

    @Option(
        name: .customLong("health-interval"), parsing: .unconditional,
        help: .init("Time between probes (30s).", valueName: "duration"))
    var interval: String?

    @Option(
        name: .customLong("health-timeout"), parsing: .unconditional,
        help: .init("Most time that a probe may take (30s).", valueName: "duration"))
    var timeout: String?

    @Option(
        name: .customLong("health-retries"), parsing: .unconditional,
        help: .init("So many failures in a row are unhealthy (3).", valueName: "int"))
    var retries: Int?

    @Option(
        name: .customLong("health-start-period"), parsing: .unconditional,
        help: .init("Time from the start in which failures do not count (0s).", valueName: "duration"))
    var startPeriod: String?

    @Option(
        name: .customLong("health-start-interval"), parsing: .unconditional,
        help: .init("Time between probes in the start period (5s).", valueName: "duration"))
    var startInterval: String?

    @Flag(name: .customLong("no-healthcheck"), help: "Check nothing, whatever the image says.")
    var isOff = false

    /// What was asked for; `nil` when nothing was.
    /// - Throws: `EngineError` `.invalidArgument`.
    func check() throws -> HealthCheck? {
        let check = HealthCheck(
            test: command.map { $0.isEmpty ? [] : ["CMD-SHELL", $0] } ?? [],
            interval: try span(interval, "--health-interval"), timeout: try span(timeout, "--health-timeout"),
            startPeriod: try span(startPeriod, "--health-start-period"),
            startInterval: try span(startInterval, "--health-start-interval"), retries: retries ?? 0)
        guard check.retries >= 0 else {
            throw EngineError(.invalidArgument, "--health-retries cannot be negative")
        }
        guard isOff else { return check == HealthCheck() ? nil : check }
        guard check == HealthCheck() else {
            throw EngineError(
                .invalidArgument, "--no-healthcheck conflicts with --health-* options", hint: "leave one out")
        }
        return HealthCheck(test: ["NONE"])
    }

    private func span(_ text: String?, _ option: String) throws -> Int64 {
        guard let text else { return 0 }
        guard let span = GoDuration.nanoseconds(text) else {
            throw EngineError(
                .invalidArgument, "\(option) wants a duration, not \"\(text)\"", hint: "for instance 30s or 1m30s")
        }
        guard span >= 0 else { throw EngineError(.invalidArgument, "\(option) cannot be negative") }
        return span
    }
}
