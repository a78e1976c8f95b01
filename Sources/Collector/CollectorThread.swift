import Glibc
import LinuxSystem

/// A thread that lives as long as its collector: rounds block, and Swift's cooperative pool must not.
enum CollectorThread {
    private final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Starts a detached thread with every signal blocked, so that signals reach the threads that expect them.
    static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
        var blocked = sigset_t()
        var before = sigset_t()
        sigfillset(&blocked)
        pthread_sigmask(SIG_BLOCK, &blocked, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let box = Unmanaged.passRetained(Box(body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, box.toOpaque())
        guard failure == 0 else {
            box.release()
            throw SystemError(failure, "pthread_create")
        }
        pthread_detach(thread)
    }
}
