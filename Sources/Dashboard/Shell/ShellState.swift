import Emulator
import Engine

/// The sessions that are open, in the order in which they were opened, and which of them is shown.
struct ShellState: PaneState {
    /// More of them nobody oversees.
    static let limit = 16

    var sessions: [ShellSession] = []
    var shown: Int?
    var count = 0
    /// Keys go to the process.
    var isInside = true
    /// The last key was Ctrl-P, which Ctrl-Q may follow.
    var hasHeardP = false
    /// What a button that went down here and is still down is for.
    var drag: Drag?
    /// What the ports were last told.
    var told: Told?

    enum Drag: Sendable, Hashable {
        /// Text is selected; the program inside is told.
        case selecting, telling
    }

    /// Which session is on the screen, and how large.
    struct Told: Sendable, Hashable {
        var id: Int?
        var size: TerminalSize?
    }

    var current: ShellSession? { sessions.first { $0.id == shown } }

    var index: Int? { sessions.firstIndex { $0.id == shown } }

    /// Changes the session that is shown.
    mutating func change(_ body: (inout ShellSession) -> Void) {
        guard let index else { return }
        body(&sessions[index])
    }

    /// Changes a session, if it is still there.
    mutating func change(_ id: Int, _ body: (inout ShellSession) -> Void) {
        guard let index = sessions.firstIndex(where: { $0.id == id }) else { return }
        body(&sessions[index])
    }

    mutating func show(_ id: Int) {
        shown = id
        hasHeardP = false
        drag = nil
        change { $0.hasNews = false }
    }

    /// To the session beside.
    mutating func step(_ direction: Int) {
        guard let index, !sessions.isEmpty else { return }
        show(sessions[((index + direction) % sessions.count + sessions.count) % sessions.count].id)
    }

    /// Takes a session out; its neighbour is shown.
    mutating func remove(_ id: Int) {
        guard let index = sessions.firstIndex(where: { $0.id == id }) else { return }
        sessions.remove(at: index)
        guard shown == id else { return }
        shown = nil
        if !sessions.isEmpty { show(sessions[min(index, sessions.count - 1)].id) }
    }

    /// Those that have not ended.
    var live: [ShellSession] { sessions.filter(\.isLive) }
}

extension DashboardState {
    var shells: ShellState {
        get { self[ShellPane.self] }
        _modify { yield &self[ShellPane.self] }
    }
}
