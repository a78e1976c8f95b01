import Engine
import LinuxSystem
import Synchronization

/// Tells how one blob comes on: every change of phase, but only twenty times a second how many bytes there are.
public final class ProgressMeter: Sendable {
    private struct State {
        var mark: BlobProgress
        var toldAt: Int64 = 0
    }

    private static let interval: Int64 = 50_000_000

    private let state: Mutex<State>
    private let tell: TransferProgress

    /// A meter at the mark's place; nothing is told yet.
    public init(_ blob: BlobProgress, _ tell: @escaping TransferProgress) {
        state = Mutex(State(mark: blob))
        self.tell = tell
    }

    /// Another phase, told at once.
    public func enter(_ phase: BlobProgress.Phase) {
        let mark = state.withLock { state in
            state.mark.phase = phase
            switch phase {
            case .exists, .mounted, .done, .extracting: state.mark.done = state.mark.size
            default: break
            }
            state.toldAt = Clock.monotonic()
            return state.mark
        }
        tell(.blob(mark))
    }

    /// Bytes that are here, or there, by now.
    public func reach(_ done: Int64, _ phase: BlobProgress.Phase) { move(phase) { $0 = done } }

    /// So many bytes more.
    public func advance(by count: Int, _ phase: BlobProgress.Phase) { move(phase) { $0 += Int64(count) } }

    private func move(_ phase: BlobProgress.Phase, _ change: (inout Int64) -> Void) {
        let mark: BlobProgress? = state.withLock { state in
            let now = Clock.monotonic()
            let isNewPhase = state.mark.phase != phase
            change(&state.mark.done)
            state.mark.phase = phase
            guard isNewPhase || now - state.toldAt >= Self.interval else { return nil }
            state.toldAt = now
            return state.mark
        }
        if let mark { tell(.blob(mark)) }
    }
}
