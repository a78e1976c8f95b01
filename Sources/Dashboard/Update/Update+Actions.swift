import Engine

extension DashboardState {
    /// Does what a key, a hint or the menu asked for: the focused pane is asked first, then every other one.
    mutating func act(_ action: Action) -> [Effect] {
        if isReadOnly, PaneList.changing.contains(action) {
            let what = keys.bindings.first { $0.action == action }.map { words(for: $0.help) } ?? action.rawValue
            tell(.information, words("read-only: refused to \(what); :read-only allows it again"))
            return []
        }
        let kind = focus.kind
        if let effects = navigate(action) ?? find(action) ?? arrange(action) ?? travel(action) ?? turnPages(action)
            ?? insideIfAny(focus, { kind.act(action, &$0) })
        {
            return effects
        }
        for kind in PaneList.all where kind.pane != focus.base {
            if let effects = insideIfAny(focus, { kind.act(action, &$0) }) { return effects }
        }
        return program(action)
    }

    /// What concerns the program and no pane.
    private mutating func program(_ action: Action) -> [Effect] {
        switch action {
        case .menu: openMenu()
        case .palette: openPalette()
        case .copy: return askCopy()
        case .dump: return askDump()
        case .readOnly:
            guard !isReadOnly || mayLeaveReadOnly else {
                tell(.failure, words("this dashboard was started read-only, and stays so"))
                return []
            }
            isReadOnly.toggle()
            tell(
                .information,
                isReadOnly ? words("read-only: nothing can be changed from here") : words("changes are allowed again"))
        case .screenReader: return [.read(!isReading)]
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .quit: return quit()
        default: break
        }
        return []
    }

    private mutating func navigate(_ action: Action) -> [Effect]? {
        let kind = focus.kind
        switch action {
        case .up: return move(-1)
        case .down: return move(1)
        case .pageUp: return move(-page)
        case .pageDown: return move(page)
        case .top: return inside(focus) { kind.jump(.top, &$0) }
        case .bottom: return inside(focus) { kind.jump(.bottom, &$0) }
        case .left: return inside(focus) { kind.sideways(-8, &$0) }
        case .right: return inside(focus) { kind.sideways(8, &$0) }
        case .detailUp: return scrollText(-1)
        case .detailDown: return scrollText(1)
        case .detailPageUp: return scrollText(-textPage)
        case .detailPageDown: return scrollText(textPage)
        case .nextPane: stepPane(1)
        case .previousPane: stepPane(-1)
        case .nextTab: return inside(focus) { kind.turn(1, &$0) }
        case .previousTab: return inside(focus) { kind.turn(-1, &$0) }
        case .overview: open(.overview)
        case .open: return inside(focus) { kind.open(&$0) }
        case .back: back()
        case .help:
            isHelpShown.toggle()
            helpScroll = 0
            helpSearch = nil
        case .zoom: isZoomed = true
        case .unzoom: isZoomed = false
        default: return nil
        }
        return []
    }

    private mutating func scrollText(_ step: Int) -> [Effect] {
        let kind = focus.kind
        return inside(focus) { kind.scroll(step, &$0) }
    }

    private mutating func find(_ action: Action) -> [Effect]? {
        let kind = focus.kind
        switch action {
        case .filter: return inside(focus) { kind.find(&$0) }
        case .nextMatch: return inside(focus) { kind.findAgain(-1, &$0) }
        case .previousMatch: return inside(focus) { kind.findAgain(1, &$0) }
        default: return nil
        }
    }

    /// Opens a terminal in the selected container.
    mutating func join(_ action: Action) -> [Effect] {
        guard let container = selected else {
            tell(.information, words("no container is selected"))
            return []
        }
        guard container.state.name == "running" else {
            tell(.failure, words("cannot open a terminal in \(container.name): it is \(container.state.shownName)"))
            return []
        }
        guard action == .shell ? canShell : canAttach else {
            tell(.failure, words("this dashboard was started without a way to open a terminal in a container"))
            return []
        }
        return [action == .shell ? .shell(container.id) : .attach(container.id)]
    }
}
