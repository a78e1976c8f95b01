import Engine

extension DashboardState {
    /// Does what a key, a hint or the menu asked for: the focused pane is asked first, then every other one.
    mutating func act(_ action: Action) -> [Effect] {
        if let effects = navigate(action) ?? find(action) ?? focus.kind.act(action, &self) { return effects }
        for kind in PaneList.all where kind.pane != focus {
            if let effects = kind.act(action, &self) { return effects }
        }
        switch action {
        case .menu: askMenu()
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .quit: return quit()
        default: break
        }
        return []
    }

    private mutating func navigate(_ action: Action) -> [Effect]? {
        switch action {
        case .up: return move(-1)
        case .down: return move(1)
        case .pageUp: return move(-page)
        case .pageDown: return move(page)
        case .top: return focus.kind.jump(.top, &self)
        case .bottom: return focus.kind.jump(.bottom, &self)
        case .left: return focus.kind.sideways(-8, &self)
        case .right: return focus.kind.sideways(8, &self)
        case .detailUp: return focus.kind.scroll(-1, &self)
        case .detailDown: return focus.kind.scroll(1, &self)
        case .detailPageUp: return focus.kind.scroll(-textPage, &self)
        case .detailPageDown: return focus.kind.scroll(textPage, &self)
        case .nextPane: stepPane(1)
        case .previousPane: stepPane(-1)
        case .nextTab: return focus.kind.turn(1, &self)
        case .previousTab: return focus.kind.turn(-1, &self)
        case .overview: open(.overview)
        case .open: return focus.kind.open(&self)
        case .back: back()
        case .help:
            isHelpShown.toggle()
            helpScroll = 0
        case .zoom: isZoomed = true
        case .unzoom: isZoomed = false
        default: return nil
        }
        return []
    }

    private mutating func find(_ action: Action) -> [Effect]? {
        switch action {
        case .filter: return focus.kind.find(&self)
        case .nextMatch: return focus.kind.findAgain(-1, &self)
        case .previousMatch: return focus.kind.findAgain(1, &self)
        default: return nil
        }
    }

    /// Opens a terminal in the selected container.
    mutating func join(_ action: Action) -> [Effect] {
        guard let container = selected else {
            tell(.information, "no container is selected")
            return []
        }
        guard container.state.name == "running" else {
            tell(.failure, "cannot open a terminal in \(container.name): it is \(container.state.name)")
            return []
        }
        guard action == .shell ? canShell : canAttach else {
            tell(.failure, "this dashboard was started without a way to open a terminal in a container")
            return []
        }
        return [action == .shell ? .shell(container.id) : .attach(container.id)]
    }

    mutating func toggleStopped() {
        list.showsStopped.toggle()
        list.arrange(usage: usage)
        tell(.information, list.showsStopped ? "showing all containers" : "showing only what runs")
    }

    /// What can be done with the keys of this place, for those who do not know them.
    private mutating func askMenu() {
        let items = focus.kind.menu.compactMap { action -> ChoiceDialog.Item? in
            guard let binding = keys.bindings.first(where: { $0.action == action }) else { return nil }
            return ChoiceDialog.Item(
                label: binding.help, note: binding.keys.first.map(KeyMap.display) ?? "", choice: .action(action))
        }
        dialog = ChoiceDialog(kind: .list, title: focus.kind.subject(self), items: items)
    }
}

extension ChoiceDialog {
    /// Asks for the column to sort by.
    static func sorting<Column: Equatable>(
        _ columns: [Column], _ chosen: Column, _ title: (Column) -> String, _ choice: (Column) -> Choice
    ) -> ChoiceDialog {
        ChoiceDialog(
            kind: .list, title: "Sort by",
            items: columns.map { Item(label: title($0).capitalizedFirst, choice: choice($0)) },
            selected: columns.firstIndex(of: chosen) ?? 0)
    }
}

extension String {
    /// `SIZE` as `Size`.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
