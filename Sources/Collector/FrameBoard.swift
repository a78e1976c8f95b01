import Engine
import Glibc
import LinuxSystem
import Synchronization

/// Where the collector's thread pins the newest round and its readers take it; and how they wake or end the thread.
final class FrameBoard: Sendable {
    private struct State {
        var life = Life.idle
        var latest: StatisticsFrame?
        var problem: EngineError?
        var readers: [Int: AsyncStream<StatisticsFrame>.Continuation] = [:]
        var nextReader = 0
        var watched: Set<ContainerID> = []
    }

    private enum Life { case idle, running, stopping, ended }

    private let state = Mutex(State())
    private let pipe: Pipe

    init() throws(SystemError) { pipe = try Pipe(nonBlocking: true) }

    var latest: StatisticsFrame? { state.withLock { $0.latest } }

    var problem: EngineError? { state.withLock { $0.problem } }

    var isStopping: Bool { state.withLock { $0.life == .stopping } }

    /// `true` once only: the caller then starts the thread.
    func beginRunning() -> Bool {
        state.withLock { state in
            guard state.life == .idle else { return false }
            state.life = .running
            return true
        }
    }

    func nudge() { write() }

    /// Containers that are to be measured more closely.
    var watched: Set<ContainerID> { state.withLock { $0.watched } }

    func watch(_ containers: Set<ContainerID>) { state.withLock { $0.watched = containers } }

    func stop() {
        let readers = state.withLock { state in
            state.life = state.life == .running || state.life == .stopping ? .stopping : .ended
            defer { state.readers.removeAll() }
            return state.readers
        }
        for reader in readers.values { reader.finish() }
        write()
    }

    /// The thread's last word.
    func end() { state.withLock { $0.life = .ended } }

    func waitUntilEnded() {
        // A round and the last writing take milliseconds.
        for _ in 0..<1000 {
            if state.withLock({ $0.life == .ended || $0.life == .idle }) { return }
            usleep(2000)
        }
    }

    func publish(_ frame: StatisticsFrame) {
        let readers = state.withLock { state in
            state.latest = frame
            return Array(state.readers.values)
        }
        for reader in readers { reader.yield(frame) }
    }

    func report(_ problem: EngineError?) { state.withLock { $0.problem = problem } }

    func frames() -> AsyncStream<StatisticsFrame> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let (number, latest) = state.withLock { state -> (Int?, StatisticsFrame?) in
                guard state.life == .idle || state.life == .running else { return (nil, state.latest) }
                state.nextReader += 1
                state.readers[state.nextReader] = continuation
                return (state.nextReader, state.latest)
            }
            // A reader that comes between two rounds need not wait for the next.
            if let latest { continuation.yield(latest) }
            guard let number else {
                continuation.finish()
                return
            }
            continuation.onTermination = { [weak self] _ in
                _ = self?.state.withLock { $0.readers.removeValue(forKey: number) }
            }
        }
    }

    /// Sleeps for so many nanoseconds, or until somebody nudges or stops; answers whether somebody did.
    func wait(nanoseconds: Int64) -> Bool {
        // Rounded up, so that it never comes early.
        let milliseconds = Int32(clamping: (max(0, nanoseconds) + 999_999) / 1_000_000)
        var item = pollfd(fd: pipe.read.rawValue, events: Int16(POLLIN), revents: 0)
        guard poll(&item, 1, milliseconds) > 0 else { return false }
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            while let count = try? pipe.read.read(into: buffer), count == buffer.count {}
        }
        return true
    }

    private func write() {
        var byte: UInt8 = 1
        // A full pipe wakes as well as one more byte.
        withUnsafeBytes(of: &byte) { _ = try? pipe.write.write($0) }
    }
}
