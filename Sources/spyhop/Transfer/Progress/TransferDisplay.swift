import Engine
import LinuxSystem
import Synchronization

/// Shows a transfer on a standard stream: events come from any thread and never wait; what they change is painted at most
/// twenty times a second.
final class TransferDisplay: ProgressDisplay {
    private struct State {
        var board: TransferBoard
        var painter = PicturePainter()
        var isOver = false
    }

    private let stream: StandardStream
    private let isLive: Bool
    private let state: Mutex<State>

    init(_ verb: TransferVerb, on stream: StandardStream) {
        self.stream = stream
        isLive = stream.isTerminal
        state = Mutex(State(board: TransferBoard(verb, isLive: isLive)))
    }

    /// Takes in an event.
    func note(_ event: TransferEvent) {
        state.withLock { state in
            if !state.isOver { state.board.apply(event, at: Clock.monotonic()) }
        }
    }

    /// Paints until the task is cancelled.
    func keepPainting() async throws {
        while !Task.isCancelled {
            try await paint()
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Leaves the last state for good; later events change nothing.
    func finish() async throws {
        let size = size
        try await stream.write(
            state.withLock { state in
                guard !state.isOver else { return "" }
                state.isOver = true
                state.board.settleBlobs(columns: max(1, size.columns - 1))
                return Self.text(&state, size, isLast: true, isLive: isLive)
            })
    }

    private var size: TerminalSize { RawTerminal.size() ?? TerminalSize(columns: 80, rows: 24) }

    private func paint() async throws {
        let size = size
        let text = state.withLock { state in
            state.isOver ? "" : Self.text(&state, size, isLast: false, isLive: isLive)
        }
        if !text.isEmpty { try await stream.write(text) }
    }

    private static func text(_ state: inout State, _ size: TerminalSize, isLast: Bool, isLive: Bool) -> String {
        let settled = state.board.takeSettled()
        guard isLive else { return settled.map { $0 + "\n" }.joined() }
        if isLast { return state.painter.end(settled: settled, size: size) }
        let live = state.board.lines(size, at: Clock.monotonic())
        return state.painter.frame(settled: settled, live: live, size: size)
    }
}
