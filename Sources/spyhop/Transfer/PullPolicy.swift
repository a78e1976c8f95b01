import Engine

/// When `run` and `create` fetch their image (`--pull`).
enum PullPolicy: String, Sendable, CaseIterable {
    case missing, always, never

    /// Reads the option; without it what is missing is fetched.
    /// - Throws: `EngineError` `.invalidArgument`.
    init(option: String?) throws(EngineError) {
        guard let option else {
            self = .missing
            return
        }
        guard let known = PullPolicy(rawValue: option) else {
            throw EngineError(
                .invalidArgument, "--pull \"\(option)\" is not known", hint: "use missing, always or never")
        }
        self = known
    }
}
