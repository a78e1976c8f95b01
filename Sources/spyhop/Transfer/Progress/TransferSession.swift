import Engine
import Glibc
import LinuxSystem

/// A transfer with its progress shown, which a signal breaks off cleanly.
struct TransferSession: Sendable {
    let verb: TransferVerb
    /// Where progress is shown.
    var stream = StandardStream.output
    /// Only what a person should know is told, on standard error.
    var isQuiet = false

    private enum Step<Value: Sendable>: Sendable {
        case over(Result<Value, any Error>)
        case unpainted(any Error)
        case interrupted(Int32)
    }

    /// Carries `work` out; it is handed where to tell of its progress.
    /// - Throws: what it throws; `CommandFailure` with 128 and the signal's number when a signal broke it off.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable (@escaping TransferProgress) async throws -> Value
    ) async throws -> Value {
        let display = isQuiet ? nil : TransferDisplay(verb, on: stream)
        let notices = Notices()
        var interruption: Int32?
        var failure: (any Error)?
        let outcome: Result<Value, any Error>? = await withTaskGroup(of: Step<Value>?.self) { group in
            group.addTask {
                do {
                    return .over(.success(try await work { display?.note($0) ?? notices.note($0) }))
                } catch { return .over(.failure(error)) }
            }
            group.addTask { await Self.paint(display) }
            group.addTask { await Self.awaitSignal() }
            var outcome: Result<Value, any Error>?
            while let step = await group.next() {
                switch step {
                case .over(let result): outcome = result
                case .unpainted(let error): failure = error
                case .interrupted(let signal):
                    interruption = signal
                    // Before the transfer has ended, for a second signal is no longer caught.
                    group.cancelAll()
                    try? await display?.finish()
                case nil: continue
                }
                group.cancelAll()
            }
            return outcome
        }
        try await display?.finish()
        for notice in notices.taken() {
            try await StandardStream.error.write("spyhop: \(GoText.harmless(notice))\n")
        }
        // One that was done when the signal came is done.
        if case .success(let value)? = outcome { return value }
        if let interruption {
            try await StandardStream.error.write("spyhop: \(verb.interruption)\n")
            throw CommandFailure(code: 128 + interruption)
        }
        if let failure { throw failure }
        guard let outcome else { throw CancellationError() }
        return try outcome.get()
    }

    private static func paint<Value: Sendable>(_ display: TransferDisplay?) async -> Step<Value>? {
        do { try await display?.keepPainting() } catch is CancellationError { return nil } catch {
            return .unpainted(error)
        }
        return nil
    }

    /// The pipe's life ends with this, and with it the handling of signals: a second one has its usual meaning.
    private static func awaitSignal<Value: Sendable>() async -> Step<Value>? {
        guard let signals = try? SignalPipe([SIGINT, SIGTERM, SIGHUP]),
            let signal = try? await signals.next().first
        else { return nil }
        return .interrupted(signal)
    }
}
