import Engine

/// Counts tries, and waits between them.
struct RetryLoop {
    private let backoff: Backoff
    private let attempts: Int
    private let retrying: @Sendable (String) -> Void
    private var failures = 0

    init(_ backoff: Backoff, attempts: Int = Backoff.attempts, retrying: @escaping @Sendable (String) -> Void) {
        self.backoff = backoff
        self.attempts = attempts
        self.retrying = retrying
    }

    /// Something has been reached: tries are counted anew.
    mutating func progressed() { failures = 0 }

    /// Waits before the next try.
    /// - Throws: what failed, when it has been tried often enough; `CancellationError`.
    mutating func failed(_ failure: Retryable) async throws {
        failures += 1
        guard failures < attempts else { throw failure.error }
        let delay = backoff.delay(
            after: failures, retryAfter: failure.retryAfter, jitter: Double.random(in: 0...1))
        let seconds = delay < 1 ? "a moment" : "\(Int(delay.rounded())) s"
        retrying("\(failure.error.message); trying again in \(seconds)")
        try await Task.sleep(for: .seconds(delay))
    }

    /// Does `body` until it succeeds, or fails for good.
    mutating func run<Value>(_ body: () async throws -> Value) async throws -> Value {
        while true {
            do {
                return try await body()
            } catch let failure as Retryable {
                try await failed(failure)
            }
        }
    }
}
