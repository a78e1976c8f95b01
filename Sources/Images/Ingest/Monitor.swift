import Glibc

/// A mutex and a condition for threads that may block.
final class Monitor: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func enter() { pthread_mutex_lock(mutex) }

    func leave() { pthread_mutex_unlock(mutex) }

    /// Leaves, and enters again after somebody has called `wake`, or for no reason at all.
    func wait() { pthread_cond_wait(condition, mutex) }

    /// Lets everybody who waits look again.
    func wake() { pthread_cond_broadcast(condition) }
}
