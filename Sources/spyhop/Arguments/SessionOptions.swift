import ArgumentParser

/// How a terminal is joined to a container, shared by `run`, `start` and `attach`.
struct SessionOptions: ParsableArguments {
    @Option(
        name: .customLong("detach-keys"), parsing: .unconditional,
        help: .init("Keys that leave the container running.", valueName: "keys"))
    var detachKeys: String?

    @Option(
        name: .customLong("sig-proxy"), parsing: .unconditional,
        help: .init("Pass signals on to the process.", valueName: "true|false"))
    var signalProxy = true

    /// What was chosen, in the session's own terms.
    /// - Throws: `EngineError` `.invalidArgument` for keys that there are not.
    func choice() throws -> SessionChoice {
        SessionChoice(keys: try detachKeys.map { try DetachKeys($0) } ?? .standard, signalProxy: signalProxy)
    }
}
