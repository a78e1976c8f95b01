import Emulator
import Engine
import Terminal

extension Pane {
    static let shell = Pane("shell")
}

extension ViewName {
    static let shell = ViewName("shell")
}

extension KeyContext {
    static let shell = KeyContext("shell", "Shells")
}

extension Action {
    static let shell = Action("shell")
    static let shellFull = Action("shell-full")
    static let attach = Action("attach")
    static let attachFull = Action("attach-full")
    static let shells = Action("shells")
    static let shellToggle = Action("shell-toggle")
    static let shellNew = Action("shell-new")
    static let shellCopy = Action("shell-copy")
    static let shellList = Action("shell-list")
}

/// Terminals in containers: the screen of the one that is shown, beside that container's graphs.
enum ShellPane: PaneKind {
    typealias State = ShellState

    /// What its dialogs and lines say back to it.
    enum Word: Sendable, Hashable {
        case show(Int)
        case close(Int)
        case search
    }

    static let pane = Pane.shell
    static let title = "Shells"
    static let contexts: [KeyContext] = [.shell, .everywhere]
    static let opening = [
        KeyBinding(.shells, .everywhere, ["ctrl-]"], "back into the shell that was left; there in and out of it")
    ]
    /// Keys of containers that lead here, for their place among the others.
    static let ways = [
        KeyBinding(.shell, .containers, ["e"], "a shell in the container, in a pane", hint: "shell"),
        KeyBinding(.shellFull, .containers, ["E"], "a shell on the whole terminal"),
        KeyBinding(.attach, .containers, ["a"], "attach to its first process, in a pane"),
        KeyBinding(.attachFull, .containers, ["alt-a"], "attach to it on the whole terminal"),
    ]
    static let bindings = [
        KeyBinding(
            .shellToggle, .shell, ["ctrl-]"], "into the shell and out of it: keys are its or ours", hint: "in/out"),
        KeyBinding(.shellCopy, .shell, ["v"], "walk through what it has shown, select and copy", hint: "select"),
        KeyBinding(.shellList, .shell, ["s"], "all shells that are open", hint: "shells"),
        KeyBinding(.shellNew, .shell, ["c"], "one more shell in the same container", hint: "new"),
    ]
    static let changing: Set<Action> = [.shell, .shellFull, .attach, .attachFull, .shellNew]
    static let menu: [Action] = [
        .shellToggle, .shellCopy, .shellList, .shellNew, .remove, .previousTab, .nextTab, .filter, .zoom, .logs,
        .graphs,
    ]
    static let views = [
        ViewDefinition(.shell, "Shell", tab: .containers, .shell, .graphs) { body, context in
            if body.width >= 120 {
                let (left, right) = body.splitLeft(max(82, body.width * 62 / 100))
                return [Layout.Place(pane: .shell, rect: left), Layout.Place(pane: .graphs, rect: right)]
            }
            guard body.height >= 30 else {
                return [Layout.Place(pane: context.focus == .graphs ? .graphs : .shell, rect: body)]
            }
            let (top, bottom) = body.splitTop(body.height * 64 / 100)
            return [Layout.Place(pane: .shell, rect: top), Layout.Place(pane: .graphs, rect: bottom)]
        }
    ]

    static func subject(_ state: DashboardState) -> String { state.shells.current?.name ?? title }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(0, rect.height - 2) }

    static func losses(_ state: DashboardState) -> [String] {
        state.shells.live.filter { $0.subject == .shell }.map { words("shell in \($0.name)") }
    }

    /// Inside all keys are the process's but one.
    static func offers(_ action: Action, _ state: DashboardState) -> Bool {
        guard state.focus == pane else { return true }
        let own = state.shells
        guard let session = own.current else {
            return action != .shellCopy && action != .shellToggle && action != .remove
        }
        if session.copy != nil { return false }
        if own.isInside, session.isLive { return action == .shellToggle }
        return true
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.shells.change { $0.scroll(step) }
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state.shells.change { $0.scroll(edge == .top ? .min / 4 : .max / 4) }
        return []
    }

    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        state.shells.step(direction)
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] { move(step, &state) }

    /// Enter: into it, or a session that has ended once more.
    static func open(_ state: inout DashboardState) -> [Effect] {
        guard let session = state.shells.current else { return [] }
        guard !session.isLive else {
            state.shells.isInside = true
            return []
        }
        let effects = begin(session.subject, in: session.container, named: session.name, &state)
        if !effects.isEmpty { state.shells.remove(session.id) }
        return effects
    }

    static func back(_ state: inout DashboardState) -> Bool {
        guard let session = state.shells.current, session.selection != nil || session.top != nil else { return false }
        state.shells.change {
            $0.selection = nil
            $0.top = nil
        }
        return true
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        if case .place(let id) = spot { state.shells.show(id) }
        return []
    }

    static func hear(_ word: PaneWord, _ state: inout DashboardState) -> [Effect] {
        switch word.value as? Word {
        case .show(let id):
            state.shells.show(id)
            return []
        case .close(let id): return close(id, &state)
        case .search, nil: return []
        }
    }

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        guard let answer = answer as? ShellAnswer else { return [] }
        switch answer {
        case .opened(let id): state.shells.change(id) { $0.status = .live }
        case .picture(let id, let picture):
            let isSeen = state.shells.shown == id && state.layout.shows(.shell)
            state.shells.change(id) {
                $0.picture = picture
                if !isSeen { $0.hasNews = true }
            }
        case .ended(let id, let end): return finish(id, end, &state)
        }
        return []
    }

    private static func finish(_ id: Int, _ end: ShellEnd, _ state: inout DashboardState) -> [Effect] {
        state.shells.change(id) { $0.status = .ended(end) }
        guard let session = state.shells.sessions.first(where: { $0.id == id }) else { return [] }
        if end == .noTerminal {
            // Its streams are no terminal's: they are joined as they are.
            let hasWay = state.canAttach
            state.shells.remove(id)
            leaveWhenEmpty(&state)
            guard hasWay else {
                state.tell(.information, session.ending ?? "")
                return []
            }
            return [.attach(session.container)]
        }
        if case .failed = end {
            state.tell(.failure, session.ending ?? "")
        } else {
            state.tell(.information, session.ending ?? "")
        }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        guard !state.shells.sessions.isEmpty || state.shells.told != nil else { return [] }
        let shown = rect == nil ? nil : state.shells.current
        // The graphs beside it are this container's.
        if let shown, state.list.selected != shown.container { state.list.select(shown.container) }
        let size = rect.flatMap { shown == nil ? nil : terminalSize(in: $0) }
        let told = ShellState.Told(id: shown?.id, size: size)
        guard told != state.shells.told else { return [] }
        state.shells.told = told
        if shown != nil { state.shells.change { $0.hasNews = false } }
        return [.errand(pane, ShowShell(id: told.id, size: told.size))]
    }

    /// What a terminal in this pane has room for.
    static func terminalSize(in rect: Rect) -> TerminalSize {
        let inner = rect.inset()
        return TerminalSize(columns: max(2, inner.width), rows: max(1, inner.height))
    }
}
