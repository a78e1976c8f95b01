import Engine
import LinuxSystem
import Synchronization

/// How a build's progress is shown (`--progress`).
enum BuildProgressStyle: String, Sendable, CaseIterable {
    case auto, plain, tty, quiet, rawjson

    /// What `auto` means on this stream; a terminal that can do nothing (`TERM=dumb`) gets lines.
    func resolved(on stream: StandardStream, term: String?) -> BuildProgressStyle {
        guard self == .auto else { return self }
        return stream.isTerminal && term != "dumb" ? .tty : .plain
    }
}

/// Shows a build on a standard stream: events come from any thread and never wait; what they change is painted at most ten
/// times a second.
final class BuildDisplay: ProgressDisplay {
    private struct State {
        /// What is known; of a build that is told as lines the text knows it.
        var board: BuildBoard
        var plain: BuildPlainText
        var raw = BuildRawJSON()
        var painter = PicturePainter()
        var isOver = false
    }

    let style: BuildProgressStyle
    private let palette: BuildPalette
    private let stream: StandardStream
    private let state: Mutex<State>

    /// - Parameter style: anything but `auto`.
    init(_ style: BuildProgressStyle, palette: BuildPalette, on stream: StandardStream = .error) {
        self.style = style
        self.palette = palette
        self.stream = stream
        let now = Self.now
        state = Mutex(State(board: BuildBoard(began: now), plain: BuildPlainText(began: now)))
    }

    /// Takes in an event.
    func note(_ event: BuildEvent) {
        let now = Self.now
        state.withLock { state in
            switch style {
            case .plain: state.plain.apply(event, at: now)
            case .rawjson:
                state.board.apply(event, at: now)
                state.raw.apply(event, at: now)
            case .tty, .auto, .quiet: state.board.apply(event, at: now)
            }
        }
    }

    /// What is known of the build by now.
    var board: BuildBoard { state.withLock { style == .plain ? $0.plain.board : $0.board } }

    /// What a person should know and nothing has shown, since the last call.
    func takeNotices() -> [String] { state.withLock { $0.board.takeNotices() } }

    func keepPainting() async throws {
        while !Task.isCancelled {
            try await paint()
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    func finish() async throws {
        let size = size
        let text = state.withLock { state in
            guard !state.isOver else { return "" }
            state.isOver = true
            switch style {
            case .plain: return state.plain.takeLast(at: Self.now)
            case .rawjson: return state.raw.take()
            case .tty:
                let picture = BuildPicture(board: state.board, palette: palette, size: size, now: Self.now)
                let notices = state.board.takeNotices().map { "spyhop: \(GoText.harmless($0))" }
                // Who has seen nothing of a build is not shown the end of it either.
                guard !state.board.steps.isEmpty else { return state.painter.end(settled: notices, size: size) }
                return state.painter.end(settled: notices + picture.lastLines(), size: size)
            case .auto, .quiet: return ""
            }
        }
        if !text.isEmpty { try await stream.write(text) }
    }

    private static var now: Timestamp { Timestamp(nanoseconds: Clock.realtime()) }

    private var size: TerminalSize { RawTerminal.size() ?? TerminalSize(columns: 80, rows: 24) }

    private func paint() async throws {
        let size = size
        let text = state.withLock { state in
            guard !state.isOver else { return "" }
            switch style {
            case .plain: return state.plain.take(at: Self.now)
            case .rawjson: return state.raw.take()
            case .tty:
                guard !state.board.steps.isEmpty else { return "" }
                let picture = BuildPicture(board: state.board, palette: palette, size: size, now: Self.now)
                let notices = state.board.takeNotices().map { "spyhop: \(GoText.harmless($0))" }
                return state.painter.frame(settled: notices, live: picture.lines(), size: size)
            case .auto, .quiet: return ""
            }
        }
        if !text.isEmpty { try await stream.write(text) }
    }
}
