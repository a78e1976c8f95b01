import Engine
import Glibc
import LinuxSystem

/// Shows how far something has come, until it is over.
protocol ProgressDisplay: Sendable {
    /// Paints until the task is cancelled.
    func keepPainting() async throws
    /// Leaves the last state for good; later events change nothing.
    func finish() async throws
}

/// Work whose progress is shown, which a signal breaks off cleanly.
struct InterruptibleWork: Sendable {
    var display: (any ProgressDisplay)?

    /// What came of it.
    struct Outcome<Value: Sendable>: Sendable {
        /// What the work has answered or thrown.
        var result: Result<Value, any Error>
        /// The signal that broke it off.
        var signal: Int32?
    }

    private enum Step<Value: Sendable>: Sendable {
        case over(Result<Value, any Error>)
        case unpainted(any Error)
        case interrupted(Int32)
    }

    /// Carries `work` out. Its task is cancelled by SIGINT, SIGTERM and SIGHUP, and waited for.
    /// - Throws: what showing the progress throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Outcome<Value> {
        var interruption: Int32?
        var failure: (any Error)?
        let display = display
        let result: Result<Value, any Error>? = await withTaskGroup(of: Step<Value>?.self) { group in
            group.addTask {
                do { return .over(.success(try await work())) } catch { return .over(.failure(error)) }
            }
            group.addTask { await Self.paint(display) }
            group.addTask { await Self.awaitSignal() }
            var result: Result<Value, any Error>?
            while let step = await group.next() {
                switch step {
                case .over(let outcome): result = outcome
                case .unpainted(let error): failure = error
                case .interrupted(let signal):
                    interruption = signal
                    // Before the work has ended, for a second signal is no longer caught.
                    group.cancelAll()
                    try? await display?.finish()
                case nil: continue
                }
                group.cancelAll()
            }
            return result
        }
        try await display?.finish()
        // What was done when the signal came is done.
        if case .success? = result { failure = nil }
        if let failure, interruption == nil { throw failure }
        guard let result else { throw CancellationError() }
        return Outcome(result: result, signal: interruption)
    }

    private static func paint<Value: Sendable>(_ display: (any ProgressDisplay)?) async -> Step<Value>? {
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
