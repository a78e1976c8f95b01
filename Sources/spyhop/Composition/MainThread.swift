import Dispatch
import Synchronization

/// The process's first thread, for the one thing that wants it: a screen, whose handlers for crashes must be reached on
/// the thread that draws.
///
/// An `async` main would hand this thread to Dispatch, which ends it by unwinding its stack: in a statically linked
/// program that sorts every unwind table first, 25 ms before anything is done.
enum MainThread {
    private static let jobs = Mutex<[@Sendable () -> Void]>([])
    private static let posted = DispatchSemaphore(value: 0)

    /// Carries out what is posted, for ever. Called once, on the first thread.
    static func serve() -> Never {
        while true {
            posted.wait()
            jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }?()
        }
    }

    /// Runs `work` on the first thread and waits for it without holding a thread of Swift's pool.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            jobs.withLock { $0.append { continuation.resume(with: Result(catching: work)) } }
            posted.signal()
        }
    }
}
