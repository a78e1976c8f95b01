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
        /// Called once, with what ended the wait; `nil` when the descriptor is ready.
        var wake: @Sendable ((any Error)?) -> Void
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

    /// Calls `body` on the loop's own thread once reading `fd` would not block; it must not block either. Does nothing
    /// when the descriptor cannot be waited for.
    public func whenReadable(_ fd: Int32, _ body: @escaping @Sendable () -> Void) {
        let identifier = nextIdentifier.add(1, ordering: .relaxed).newValue
        add(Waiter(identifier: identifier, direction: .read) { if $0 == nil { body() } }, for: fd)
    }

    private func wait(_ fd: Int32, _ direction: Direction, _ timeout: Duration?) async throws {
        let identifier = nextIdentifier.add(1, ordering: .relaxed).newValue
        let deadline = timeout.map { Clock.monotonic() &+ $0.wholeNanoseconds }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                add(
                    Waiter(identifier: identifier, direction: direction, deadline: deadline) { error in
                        if let error { continuation.resume(throwing: error) } else { continuation.resume() }
                    },
                    for: fd)
                // A cancellation that came before the waiter stood in the table found nothing there to cancel.
                if Task.isCancelled { cancel(identifier, fd) }
            }
        } onCancel: {
            cancel(identifier, fd)
        }
    }

    private func add(_ waiter: Waiter, for fd: Int32) {
        let outcome: (any Error)?? = state.withLock { state in
            do throws(SystemError) {
                try start(&state)
                state.waiters[fd, default: []].append(waiter)
                try arm(fd, state)
            } catch {
                state.waiters[fd]?.removeAll { $0.identifier == waiter.identifier }
                // A regular file cannot be waited for because it is always ready.
                return .some(error.number == EPERM ? nil : error)
            }
            if let deadline = waiter.deadline, deadline < state.sleepsUntil { ring(state.wake) }
            return .none
        }
        if let outcome { waiter.wake(outcome) }
    }

    private func cancel(_ identifier: UInt64, _ fd: Int32) {
        let waiter: Waiter? = state.withLock { state in
            guard let index = state.waiters[fd]?.firstIndex(where: { $0.identifier == identifier }) else { return nil }
            let waiter = state.waiters[fd]?.remove(at: index)
            settle(fd, &state)
            return waiter
        }
        waiter?.wake(CancellationError())
    }

    /// Wakes the thread; an eventfd never blocks on adding one.
    func ring(_ wake: Int32) {
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
