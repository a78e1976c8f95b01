import Engine

/// A transfer with its progress shown, which a signal breaks off cleanly.
struct TransferSession: Sendable {
    let verb: TransferVerb
    /// Where progress is shown.
    var stream = StandardStream.output
    /// Only what a person should know is told, on standard error.
    var isQuiet = false

    /// Carries `work` out; it is handed where to tell of its progress.
    /// - Throws: what it throws; `CommandFailure` with 128 and the signal's number when a signal broke it off.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable (@escaping TransferProgress) async throws -> Value
    ) async throws -> Value {
        let display = isQuiet ? nil : TransferDisplay(verb, on: stream)
        let notices = Notices()
        let outcome = try await InterruptibleWork(display: display).run {
            try await work { display?.note($0) ?? notices.note($0) }
        }
        for notice in notices.taken() {
            try await StandardStream.error.write("spyhop: \(GoText.harmless(notice))\n")
        }
        // One that was done when the signal came is done.
        if case .success(let value) = outcome.result { return value }
        if let signal = outcome.signal {
            try await StandardStream.error.write("spyhop: \(verb.interruption)\n")
            throw CommandFailure(code: 128 + signal)
        }
        return try outcome.result.get()
    }
}
