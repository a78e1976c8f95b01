import Engine
import Glibc
import LinuxSystem
import Synchronization

/// Signals as bytes to await: handlers write each signal's number to a pipe.
final class SignalPipe: Sendable {
    /// Where handlers write, for each signal; a handler can reach nothing but a global.
    private static let targets = InlineArray<65, Atomic<Int32>> { _ in Atomic(-1) }

    private let read: Int32
    private let write: Int32
    /// Who had the signals before: a dashboard that has lent its terminal wants to hear of them again.
    private let before: Mutex<[Handling]>

    /// How a signal was handled.
    private struct Handling {
        var signal: Int32
        var action: sigaction
        var target: Int32
    }

    /// Takes over the handling of `signals` for the life of the process's session.
    /// - Throws: `EngineError` `.system` when there is no descriptor left.
    init(_ signals: [Int32]) throws {
        do { (read, write) = try Pipe(nonBlocking: true).take() } catch {
            throw EngineError(.system, "cannot watch for signals: \(error)")
        }
        let write = write
        before = Mutex(signals.filter { Self.targets.indices.contains(Int($0)) }.map { Self.handle($0, by: write) })
    }

    deinit {
        before.withLock { before in
            for handling in before {
                var action = handling.action
                sigaction(handling.signal, &action, nil)
                Self.targets[Int(handling.signal)].store(handling.target, ordering: .sequentiallyConsistent)
            }
        }
        close(read)
        close(write)
    }

    /// Answers what was done with the signal before.
    private static func handle(_ signal: Int32, by write: Int32) -> Handling {
        let target = targets[Int(signal)].exchange(write, ordering: .sequentiallyConsistent)
        var before = sigaction()
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { signal in
            let saved = errno
            var byte = UInt8(truncatingIfNeeded: signal)
            let target = SignalPipe.targets[Int(signal)].load(ordering: .sequentiallyConsistent)
            _ = Glibc.write(target, &byte, 1)
            errno = saved
        }
        // Without SA_RESTART a resize would break system calls all over the program.
        action.sa_flags = SA_RESTART
        sigaction(signal, &action, &before)
        return Handling(signal: signal, action: before, target: target)
    }

    /// The next signals, at least one.
    /// - Throws: `CancellationError`.
    func next() async throws -> [Int32] {
        while true {
            try await Readiness.shared.readable(read)
            let signals = taken()
            if !signals.isEmpty { return signals }
        }
    }

    /// Becomes readable with the next signal, for those who wait on several descriptors themselves.
    var descriptor: Int32 { read }

    /// The signals that came meanwhile.
    func taken() -> [Int32] {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(read, &bytes, bytes.count)
        return count > 0 ? bytes.prefix(count).map { Int32($0) } : []
    }
}
