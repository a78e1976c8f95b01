import CLinux
import Glibc
import Synchronization

/// The one thread that waits for descriptors, so that no thread of Swift's cooperative pool has to.
///
/// A wake-up may be spurious: callers try their call and wait again on `EAGAIN`. A descriptor must stay open
/// until the wait is over.
public final class Readiness: Sendable {
    /// The process's loop; its thread starts with the first wait.
    public static let shared = Readiness()

    enum Direction { case read, write }

    struct Waiter {
        var identifier: UInt64
        var direction: Direction
        /// Monotonic nanoseconds.
        var deadline: Int64?
        var continuation: CheckedContinuation<Void, any Error>
    }

    struct State {
        var waiters: [Int32: [Waiter]] = [:]
        var epoll: Int32 = -1
        var wake: Int32 = -1
        var sleepsUntil = Int64.max
    }

    let state = Mutex(State())
    private let nextIdentifier = Atomic<UInt64>(0)

    /// Waits until reading `fd` would not block: data, a connection, its end or an error.
    /// - Throws: `CancellationError`; `SystemError` with `ETIMEDOUT` after `timeout`.
    public func readable(_ fd: Int32, timeout: Duration? = nil) async throws {
        try await wait(fd, .read, timeout)
    }

    /// Waits until writing to `fd` would not block.
    /// - Throws: `CancellationError`; `SystemError` with `ETIMEDOUT` after `timeout`.
    public func writable(_ fd: Int32, timeout: Duration? = nil) async throws {
        try await wait(fd, .write, timeout)
    }

    private func wait(_ fd: Int32, _ direction: Direction, _ timeout: Duration?) async throws {
        let identifier = nextIdentifier.add(1, ordering: .relaxed).newValue
        let deadline = timeout.map { Clock.monotonic() &+ $0.wholeNanoseconds }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                add(
                    Waiter(
                        identifier: identifier, direction: direction, deadline: deadline, continuation: continuation),
                    for: fd)
                // A cancellation that came before the waiter stood in the table found nothing there to cancel.
                if Task.isCancelled { cancel(identifier, fd) }
            }
        } onCancel: {
            cancel(identifier, fd)
        }
    }

    private func add(_ waiter: Waiter, for fd: Int32) {
        let outcome: Result<Void, any Error>? = state.withLock { state in
            do throws(SystemError) {
                try start(&state)
                state.waiters[fd, default: []].append(waiter)
                try arm(fd, state)
            } catch {
                state.waiters[fd]?.removeAll { $0.identifier == waiter.identifier }
                // A regular file cannot be waited for because it is always ready.
                return error.number == EPERM ? .success(()) : .failure(error)
            }
            if let deadline = waiter.deadline, deadline < state.sleepsUntil { ring(state.wake) }
            return nil
        }
        if let outcome { waiter.continuation.resume(with: outcome) }
    }

    private func cancel(_ identifier: UInt64, _ fd: Int32) {
        let waiter: Waiter? = state.withLock { state in
            guard let index = state.waiters[fd]?.firstIndex(where: { $0.identifier == identifier }) else { return nil }
            let waiter = state.waiters[fd]?.remove(at: index)
            settle(fd, &state)
            return waiter
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }

    /// Wakes the thread; an eventfd never blocks on adding one.
    private func ring(_ wake: Int32) {
        var one: UInt64 = 1
        _ = Glibc.write(wake, &one, 8)
    }
}

extension Duration {
    /// The whole duration in nanoseconds, held within what fits.
    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? Int64.max / 4 : min(product, Int64.max / 4) &+ attoseconds / 1_000_000_000
    }
}
