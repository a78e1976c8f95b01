import Engine
import Terminal

/// Opening, closing, going in and out.
extension ShellPane {
    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .shell, .attach: return join(action == .shell ? .shell : .attach, &state)
        case .shellFull: return state.join(.shell)
        case .attachFull: return state.join(.attach)
        case .shells:
            guard state.shells.current != nil else {
                state.tell(
                    .information, words("no shell is open; \(openingKey(state)) opens one in the selected container"))
                return []
            }
            state.open(.shell)
            state.shells.isInside = true
            return []
        default: return state.focus == pane ? actHere(action, &state) : nil
        }
    }

    private static func actHere(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .shellToggle:
            state.shells.isInside = state.shells.current?.isLive == true
            return []
        case .shellCopy:
            beginCopying(&state)
            return []
        case .shellList:
            askList(&state)
            return []
        case .shellNew, .create:
            guard let session = state.shells.current else { return [] }
            return begin(.shell, in: session.container, named: session.name, &state)
        case .remove:
            guard let session = state.shells.current else { return [] }
            guard session.isLive, session.subject == .shell else { return close(session.id, &state) }
            state.dialog = .question(
                words("Close the shell in \(session.name)?"),
                [words("What runs in it is ended; the container goes on.")],
                [
                    ChoiceDialog.Item(
                        label: words("Close"), choice: .tell(pane, PaneWord(Word.close(session.id))), isDangerous: true)
                ])
            return []
        default: return nil
        }
    }

    static func openingKey(_ state: DashboardState) -> String {
        state.keys.key(for: .shell).map(KeyMap.display) ?? words("the menu")
    }

    /// A session with the selected container: the one that is open, else a new one.
    private static func join(_ subject: ShellSubject, _ state: inout DashboardState) -> [Effect] {
        guard let container = state.selected else {
            state.tell(.information, words("no container is selected"))
            return []
        }
        guard container.state.name == "running" else {
            state.tell(
                .failure, words("cannot open a terminal in \(container.name): it is \(container.state.shownName)"))
            return []
        }
        if let open = state.shells.live.last(where: { $0.container == container.id && $0.subject == subject }) {
            state.open(.shell)
            state.focus = pane
            state.shells.show(open.id)
            state.shells.isInside = true
            return []
        }
        return begin(subject, in: container.id, named: container.name, &state)
    }

    /// Begins a session and shows it.
    static func begin(
        _ subject: ShellSubject, in container: ContainerID, named name: String, _ state: inout DashboardState
    ) -> [Effect] {
        if state.refuseIfReadOnly(subject == .shell ? words("open a shell in \(name)") : words("attach to \(name)")) {
            return []
        }
        guard state.shells.live.count < ShellState.limit else {
            state.tell(
                .failure, words("cannot open another shell: \(ShellState.limit) are open; close one of them first"))
            return []
        }
        state.open(.shell)
        state.focus = pane
        // Of those that have ended the newest are kept, for their last words.
        while state.shells.sessions.count >= 2 * ShellState.limit,
            let old = state.shells.sessions.first(where: { !$0.isLive })
        {
            state.shells.remove(old.id)
        }
        state.shells.count += 1
        let id = state.shells.count
        state.shells.sessions.append(ShellSession(id: id, container: container, name: name, subject: subject))
        state.shells.show(id)
        state.shells.isInside = true
        let size = state.layout.rect(of: pane).map(terminalSize) ?? TerminalSize(columns: 80, rows: 24)
        return [.errand(pane, RunShell(id: id, container: container, subject: subject, size: size))]
    }

    /// Ends a session and takes it off the list.
    static func close(_ id: Int, _ state: inout DashboardState) -> [Effect] {
        guard let session = state.shells.sessions.first(where: { $0.id == id }) else { return [] }
        state.shells.remove(id)
        leaveWhenEmpty(&state)
        if session.isLive { state.tell(.success, words("closed the shell in \(session.name)")) }
        return session.isLive ? [.endErrand(pane, slot: RunShell.slot(id))] : []
    }

    static func leaveWhenEmpty(_ state: inout DashboardState) {
        guard state.shells.sessions.isEmpty, state.view == .shell else { return }
        state.isZoomed = false
        state.back()
    }

    private static func askList(_ state: inout DashboardState) {
        let items = state.shells.sessions.enumerated().map { index, session in
            let what = session.subject == .shell ? "" : " \(words("(attached)"))"
            let condition: String
            switch session.status {
            case .opening: condition = words("opening")
            case .live: condition = session.hasNews ? words("live, something new") : words("live")
            case .ended(.exited(let code)): condition = words("ended, exit code \(code)")
            case .ended: condition = words("ended")
            }
            return ChoiceDialog.Item(
                label: "\(index + 1) \(session.name)\(what)", note: condition,
                choice: .tell(pane, PaneWord(Word.show(session.id))))
        }
        guard !items.isEmpty else { return state.tell(.information, words("no shell is open")) }
        state.dialog = ChoiceDialog(
            kind: .list, title: words("Shells"), items: items, selected: state.shells.index ?? 0)
    }
}
