import CLinux
import Glibc
import Synchronization

private let readEvents: UInt32 = 0x001 | 0x2000  // EPOLLIN, EPOLLRDHUP
private let writeEvents: UInt32 = 0x004  // EPOLLOUT
private let troubleEvents: UInt32 = 0x008 | 0x010  // EPOLLERR, EPOLLHUP
private let oneShot: UInt32 = 1 << 30

extension Readiness {
    /// Makes the calling thread the loop's own, for ever: whoever waits for descriptors needs no thread beside it then.
    /// `work` is called before every wait, and again after `interrupt`.
    /// - Throws: when the kernel gives no descriptor, or the loop has its thread already (`EBUSY`).
    public func serve(_ work: () -> Void) throws(SystemError) -> Never {
        let made: Result<(epoll: Int32, wake: Int32), SystemError> = state.withLock { state in
            guard state.epoll < 0 else { return .failure(SystemError(EBUSY, "serve")) }
            do throws(SystemError) { try open(&state) } catch { return .failure(error) }
            return .success((state.epoll, state.wake))
        }
        let (epoll, wake) = try made.get()
        var turn = Turn(epoll: epoll, wake: wake)
        while true {
            work()
            take(&turn)
        }
    }

    /// Lets the loop come round although nothing has happened; from any thread.
    public func interrupt() {
        let wake = state.withLock { $0.wake }
        if wake >= 0 { ring(wake) }
    }

    /// Makes epoll and its thread once.
    func start(_ state: inout State) throws(SystemError) {
        guard state.epoll < 0 else { return }
        try open(&state)
        let (epoll, wake) = (state.epoll, state.wake)
        do throws(SystemError) {
            try startThread { [self] in
                var turn = Turn(epoll: epoll, wake: wake)
                while true { take(&turn) }
            }
        } catch {
            _ = close(epoll)
            _ = close(wake)
            state.epoll = -1
            state.wake = -1
            throw error
        }
    }

    private func open(_ state: inout State) throws(SystemError) {
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

    /// What one turn after another needs.
    private struct Turn {
        let epoll: Int32
        let wake: Int32
        var fds = [Int32](repeating: 0, count: 64)
        var events = [UInt32](repeating: 0, count: 64)
    }

    /// Waits once and wakes whoever waited for what has come.
    private func take(_ turn: inout Turn) {
        let count = sph_epoll_wait(turn.epoll, &turn.fds, &turn.events, 64, timeout())
        var ready: [Waiter] = []
        var late: [Waiter] = []
        state.withLock { state in
            state.sleepsUntil = 0
            for index in 0..<max(Int(count), 0) {
                if turn.fds[index] == turn.wake {
                    var value: UInt64 = 0
                    _ = read(turn.wake, &value, 8)
                } else {
                    ready += woken(turn.fds[index], turn.events[index], &state)
                }
            }
            late = expired(&state)
        }
        for waiter in ready { waiter.wake(nil) }
        for waiter in late { waiter.wake(SystemError(ETIMEDOUT, "wait")) }
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
            var first = Int64.max
            for waiters in state.waiters.values {
                for waiter in waiters { first = min(first, waiter.deadline ?? .max) }
            }
            state.sleepsUntil = first
            guard first < .max else { return -1 }
            let left = max(first &- Clock.monotonic(), 0)
            return Int32(clamping: (left + 999_999) / 1_000_000)
        }
    }
}
