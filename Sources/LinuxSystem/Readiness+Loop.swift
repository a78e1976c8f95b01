import CLinux
import Glibc
import Synchronization

private let readEvents: UInt32 = 0x001 | 0x2000  // EPOLLIN, EPOLLRDHUP
private let writeEvents: UInt32 = 0x004  // EPOLLOUT
private let troubleEvents: UInt32 = 0x008 | 0x010  // EPOLLERR, EPOLLHUP
private let oneShot: UInt32 = 1 << 30

extension Readiness {
    /// Makes epoll and its thread once.
    func start(_ state: inout State) throws(SystemError) {
        guard state.epoll < 0 else { return }
        let epoll = sph_epoll_create()
        guard epoll >= 0 else { throw SystemError.last("epoll_create1") }
        let wake = sph_eventfd()
        guard wake >= 0, sph_epoll_control(epoll, Int32(SPH_EPOLL_ADD), wake, readEvents) == 0 else {
            let error = SystemError.last("eventfd")
            _ = close(epoll)
            throw error
        }
        state.epoll = epoll
        state.wake = wake
        do throws(SystemError) { try startThread { [self] in run(epoll: epoll, wake: wake) } } catch {
            _ = close(epoll)
            _ = close(wake)
            state.epoll = -1
            state.wake = -1
            throw error
        }
    }

    /// Asks for what the descriptor's waiters want, once: an event disarms it, so that nobody is told twice.
    func arm(_ fd: Int32, _ state: State) throws(SystemError) {
        var events = oneShot
        for waiter in state.waiters[fd] ?? [] {
            events |= waiter.direction == .read ? readEvents : writeEvents
        }
        if sph_epoll_control(state.epoll, Int32(SPH_EPOLL_CHANGE), fd, events) == 0 { return }
        // Not known yet, or the number was closed and stands for another file now.
        guard errno == ENOENT, sph_epoll_control(state.epoll, Int32(SPH_EPOLL_ADD), fd, events) == 0
        else { throw SystemError.last("epoll_ctl") }
    }

    /// After waiters have gone: asks for what the others want, or forgets the descriptor.
    func settle(_ fd: Int32, _ state: inout State) {
        if state.waiters[fd]?.isEmpty ?? true {
            state.waiters[fd] = nil
            _ = sph_epoll_control(state.epoll, Int32(SPH_EPOLL_DELETE), fd, 0)
        } else {
            try? arm(fd, state)
        }
    }

    private func run(epoll: Int32, wake: Int32) {
        var fds = [Int32](repeating: 0, count: 64)
        var events = [UInt32](repeating: 0, count: 64)
        while true {
            let count = sph_epoll_wait(epoll, &fds, &events, 64, timeout())
            var ready: [Waiter] = []
            var late: [Waiter] = []
            state.withLock { state in
                state.sleepsUntil = 0
                for index in 0..<max(Int(count), 0) {
                    if fds[index] == wake {
                        var value: UInt64 = 0
                        _ = read(wake, &value, 8)
                    } else {
                        ready += woken(fds[index], events[index], &state)
                    }
                }
                late = expired(&state)
            }
            for waiter in ready { waiter.continuation.resume() }
            for waiter in late { waiter.continuation.resume(throwing: SystemError(ETIMEDOUT, "wait")) }
        }
    }

    private func woken(_ fd: Int32, _ events: UInt32, _ state: inout State) -> [Waiter] {
        let trouble = events & troubleEvents != 0
        let reads = trouble || events & readEvents != 0
        let writes = trouble || events & writeEvents != 0
        var ready: [Waiter] = []
        state.waiters[fd]?.removeAll { waiter in
            let fits = waiter.direction == .read ? reads : writes
            if fits { ready.append(waiter) }
            return fits
        }
        // The disarmed registration stays for the next wait; the kernel drops it when the file is closed.
        if state.waiters[fd]?.isEmpty ?? true { state.waiters[fd] = nil } else { try? arm(fd, state) }
        return ready
    }

    private func expired(_ state: inout State) -> [Waiter] {
        let now = Clock.monotonic()
        var late: [Waiter] = []
        for (fd, waiters) in state.waiters where waiters.contains(where: { ($0.deadline ?? .max) <= now }) {
            late += waiters.filter { ($0.deadline ?? .max) <= now }
            state.waiters[fd] = waiters.filter { ($0.deadline ?? .max) > now }
            settle(fd, &state)
        }
        return late
    }

    /// Milliseconds until the first deadline, rounded up; -1 without one.
    private func timeout() -> Int32 {
        state.withLock { state in
            let first = state.waiters.values.lazy.joined().compactMap(\.deadline).min() ?? .max
            state.sleepsUntil = first
            guard first < .max else { return -1 }
            let left = max(first &- Clock.monotonic(), 0)
            return Int32(clamping: (left + 999_999) / 1_000_000)
        }
    }
}
