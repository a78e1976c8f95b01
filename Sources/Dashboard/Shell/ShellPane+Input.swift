import Emulator
import Engine
import Terminal

/// What is typed and pointed at: the process's, or ours.
extension ShellPane {
    static func type(_ key: Key, _ state: inout DashboardState) -> [Effect]? {
        guard let session = state.shells.current else { return nil }
        if session.copy != nil { return typeWhileCopying(key, &state) }
        guard state.shells.isInside, session.isLive else { return nil }
        let isAfterP = state.shells.hasHeardP
        state.shells.hasHeardP = key == .control("p")
        if isAfterP && key == .control("q") || state.keys.action(for: key.mapName, in: pane) == .shellToggle {
            state.shells.isInside = false
            return []
        }
        switch key {
        case .shiftPageUp: return move(1 - max(2, session.height), &state)
        case .shiftPageDown: return move(max(2, session.height) - 1, &state)
        default: break
        }
        state.shells.change {
            $0.top = nil
            $0.selection = nil
        }
        return [.errand(pane, EnterShell(id: session.id, input: .key(key)))]
    }

    /// Pasted text.
    static func paste(_ text: String, _ state: inout DashboardState) -> [Effect] {
        guard let session = state.shells.current, state.shells.isInside, session.isLive, session.copy == nil else {
            return []
        }
        state.shells.change { $0.top = nil }
        return [.errand(pane, EnterShell(id: session.id, input: .paste(text)))]
    }

    // MARK: The mouse

    static func point(
        _ event: MouseEvent, isDouble: Bool, in rect: Rect, _ state: inout DashboardState
    ) -> [Effect]? {
        guard let session = state.shells.current, let picture = session.picture else { return nil }
        let inner = rect.inset()
        let wantsIt =
            session.isLive && picture.mouse > .none && !event.shift && session.top == nil && session.copy == nil
        switch event.kind {
        case .wheelUp, .wheelDown:
            let step = event.kind == .wheelUp ? -3 : 3
            if wantsIt { return tell(event, inner, session) }
            if session.isLive, picture.isAlternate, session.copy == nil {
                return [.errand(pane, EnterShell(id: session.id, input: .arrows(step)))]
            }
            return move(step, &state)
        case .press(let button):
            state.focus = pane
            guard inner.contains(event.position) else { return [] }
            if wantsIt, state.shells.isInside {
                state.shells.drag = .telling
                return tell(event, inner, session)
            }
            if session.isLive { state.shells.isInside = true }
            guard button == .left else { return [] }
            return beginSelecting(event, isDouble: isDouble, inner, &state)
        case .drag:
            guard let drag = state.shells.drag else { return nil }
            if drag == .telling { return tell(event, inner, session) }
            self.drag(to: event.position, inner, &state)
        case .release:
            guard let drag = state.shells.drag else { return nil }
            state.shells.drag = nil
            if drag == .telling { return tell(event, inner, session) }
            guard let selection = session.selection, selection.anchor != selection.end else { return [] }
            return copy(selection.text(in: picture), &state)
        default: return nil
        }
        return []
    }

    private static func tell(_ event: MouseEvent, _ inner: Rect, _ session: ShellSession) -> [Effect] {
        var local = event
        local.position = Point(x: event.position.x - inner.x, y: event.position.y - inner.y)
        return [.errand(pane, EnterShell(id: session.id, input: .mouse(local)))]
    }

    private static func place(_ point: Point, _ inner: Rect, _ session: ShellSession) -> ScreenPicture.Place {
        let row = min(max(0, point.y - inner.y), max(0, session.height - 1))
        let column = min(max(0, point.x - inner.x), max(0, (session.picture?.size.width ?? 1) - 1))
        return ScreenPicture.Place(line: session.firstLine + row, column: column)
    }

    private static func beginSelecting(
        _ event: MouseEvent, isDouble: Bool, _ inner: Rect, _ state: inout DashboardState
    ) -> [Effect] {
        guard let session = state.shells.current, let picture = session.picture else { return [] }
        let start = place(event.position, inner, session)
        state.shells.change { $0.copy = nil }
        if isDouble, let word = CopyMode.word(at: start, in: picture) {
            state.shells.change { $0.selection = word }
            return copy(word.text(in: picture), &state)
        }
        state.shells.drag = .selecting
        state.shells.change { $0.selection = TextSelection(anchor: start, end: start) }
        return []
    }

    private static func drag(to point: Point, _ inner: Rect, _ state: inout DashboardState) {
        // Beyond an edge there is more to select.
        if point.y < inner.y { _ = move(-1, &state) }
        if point.y >= inner.bottom { _ = move(1, &state) }
        guard let session = state.shells.current else { return }
        let end = place(point, inner, session)
        state.shells.change { $0.selection?.end = end }
    }

    // MARK: Copying

    static func copy(_ text: String, _ state: inout DashboardState) -> [Effect] {
        guard !text.isEmpty else { return [] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        state.tell(
            .success,
            words(
                "copied \(lines > 1 ? Format.count(lines, "line") : Format.count(text.count, "character")) to the clipboard"
            )
        )
        return [.copy(text)]
    }

    static func beginCopying(_ state: inout DashboardState) {
        guard let session = state.shells.current, let picture = session.picture else { return }
        let cursor =
            session.top == nil
            ? ScreenPicture.Place(line: picture.screenStart + picture.cursor.y, column: picture.cursor.x)
            : ScreenPicture.Place(line: session.firstLine + session.height - 1, column: 0)
        state.shells.change {
            $0.copy = CopyMode(cursor: cursor)
            $0.selection = nil
            // What comes in meanwhile does not move what one reads.
            $0.top = $0.firstLine
        }
    }

    private static func typeWhileCopying(_ key: Key, _ state: inout DashboardState) -> [Effect]? {
        guard let session = state.shells.current, var mode = session.copy, let picture = session.picture else {
            return nil
        }
        switch mode.press(key, in: picture, top: session.firstLine) {
        case .stays:
            state.shells.change {
                $0.copy = mode
                $0.top = $0.firstLine
                $0.show(line: mode.cursor.line)
                $0.top = $0.firstLine
            }
        case .leaves: leaveCopying(&state)
        case .copies(let text):
            leaveCopying(&state)
            return copy(text, &state)
        case .asks: return find(&state)
        case .findsAgain(let isBackwards): search(session.search, isBackwards: isBackwards, &state)
        }
        return []
    }

    private static func leaveCopying(_ state: inout DashboardState) {
        state.shells.change {
            $0.copy = nil
            $0.top = nil
        }
    }

    // MARK: Searching

    static func find(_ state: inout DashboardState) -> [Effect] {
        guard state.shells.current?.picture != nil else { return [] }
        state.ask(pane, Word.search, words("search back for"))
        return []
    }

    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        guard let session = state.shells.current, !session.search.isEmpty else { return [] }
        search(session.search, isBackwards: direction < 0, &state)
        return []
    }

    static func hear(
        _ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState
    ) -> [Effect] {
        guard isFinal, word.value as? Word == .search, !text.isEmpty else { return [] }
        state.shells.change { $0.search = text }
        search(text, isBackwards: true, &state)
        return []
    }

    private static func search(_ text: String, isBackwards: Bool, _ state: inout DashboardState) {
        if state.shells.current?.copy == nil { beginCopying(&state) }
        guard let session = state.shells.current, let mode = session.copy, let picture = session.picture else { return }
        guard !text.isEmpty, let found = CopyMode.find(text, from: mode.cursor, isBackwards: isBackwards, in: picture)
        else {
            state.tell(
                .information, text.isEmpty ? words("nothing was searched for yet") : words("\(text) is not there"))
            return
        }
        state.shells.change {
            $0.copy?.cursor = found
            $0.show(line: found.line)
            $0.top = $0.firstLine
        }
    }
}
