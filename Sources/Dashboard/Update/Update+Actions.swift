import Engine

extension DashboardState {
    /// Does what a key, a hint or the menu asked for.
    mutating func act(_ action: Action) -> [Effect] {
        if let effects = navigate(action) ?? find(action) ?? operate(action) ?? adjustLog(action) { return effects }
        switch action {
        case .graphGlyphs: graphs.nextStyle(onASCII: false)
        case .graphScale: graphs.scale = graphs.scale == .peak ? .limit : .peak
        case .graphLonger: graphs.step(span: 1)
        case .graphShorter: graphs.step(span: -1)
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .quit: return [.quit]
        default: break
        }
        return []
    }

    private mutating func navigate(_ action: Action) -> [Effect]? {
        switch action {
        case .up: move(-1)
        case .down: move(1)
        case .pageUp: move(-page)
        case .pageDown: move(page)
        case .top: return goToTop()
        case .bottom: return goToBottom()
        case .left: sideways(-8)
        case .right: sideways(8)
        case .detailUp: scrollDetail(-1)
        case .detailDown: scrollDetail(1)
        case .detailPageUp: scrollDetail(-detailPage)
        case .detailPageDown: scrollDetail(detailPage)
        case .nextPane: stepPane(1)
        case .previousPane: stepPane(-1)
        case .nextTab: showTab(1)
        case .previousTab: showTab(-1)
        case .overview, .containers, .images, .graphs, .logs, .details:
            open(ViewName(rawValue: action.rawValue) ?? view)
        case .open: open()
        case .back: back()
        case .help:
            isHelpShown.toggle()
            helpScroll = 0
        case .zoom: isZoomed = true
        case .unzoom: isZoomed = false
        default: return nil
        }
        return navigateEffects()
    }

    /// Scrolling a log may need a page that is not in memory.
    private mutating func navigateEffects() -> [Effect] { layout.shows(.logs) ? wantPages() : [] }

    private mutating func find(_ action: Action) -> [Effect]? {
        switch action {
        case .filter: openPrompt(focus == .logs ? .searchLog : focus == .images ? .filterImages : .filterContainers)
        case .logSearch: openPrompt(.searchLog)
        case .nextMatch: return findAgain(-1)
        case .previousMatch: return findAgain(1)
        case .showStopped:
            list.showsStopped.toggle()
            list.arrange(usage: usage)
            tell(.information, list.showsStopped ? "showing all containers" : "showing only what runs")
        case .sort: askSort()
        case .sortName: sort(.name, .name)
        case .sortCPU: sort(.cpu, .used)
        case .sortMemory: sort(.memory, .size)
        case .sortAge: sort(.uptime, .created)
        case .sortState: sort(.state, .platform)
        case .mark: toggleMark()
        case .markAll: markAll()
        case .unmark:
            list.marks = []
            imageList.marks = []
        default: return nil
        }
        return []
    }

    private mutating func operate(_ action: Action) -> [Effect]? {
        switch action {
        case .startStop: return startOrStop()
        case .restart: return perform(.restart, on: list.targets.map(\.id))
        case .pause: return pauseOrResume()
        case .kill: askKill()
        case .remove: askRemove()
        case .shell, .attach: return join(action)
        case .inspect:
            details.choose(.inspect)
            open(.details)
        case .menu: askMenu()
        default: return nil
        }
        return []
    }

    private mutating func join(_ action: Action) -> [Effect] {
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

    private mutating func sort(_ column: ContainerColumn, _ imageColumn: ImageColumn) {
        if focus == .images {
            imageList.sort.choose(imageColumn)
            imageList.arrange()
        } else {
            sortContainers(column)
        }
    }

    private mutating func askSort() {
        let key = KeyMap.display
        if focus == .images {
            dialog = ChoiceDialog(
                kind: .list, title: "Sort by",
                items: ImageColumn.allCases.map {
                    ChoiceDialog.Item(label: $0.title.capitalizedFirst, choice: .sortImages($0))
                }, selected: ImageColumn.allCases.firstIndex(of: imageList.sort.column) ?? 0)
            return
        }
        let columns = ContainerColumn.allCases.filter { $0 != .trace }
        let shortcuts: [ContainerColumn: Action] = [
            .name: .sortName, .cpu: .sortCPU, .memory: .sortMemory, .uptime: .sortAge, .state: .sortState,
        ]
        dialog = ChoiceDialog(
            kind: .list, title: "Sort by",
            items: columns.map { column in
                let shortcut = shortcuts[column].flatMap { keys.key(for: $0) }.map(key) ?? ""
                return ChoiceDialog.Item(label: column.longTitle, note: shortcut, choice: .sortContainers(column))
            }, selected: columns.firstIndex(of: list.sort.column) ?? 0)
    }

    /// What can be done with the keys of this place, for those who do not know them.
    private mutating func askMenu() {
        let actions: [Action] =
            focus == .images
            ? [.remove, .sort, .filter, .mark, .markAll]
            : [
                .startStop, .restart, .pause, .kill, .remove, .shell, .attach, .logs, .graphs, .inspect, .filter,
                .sort, .showStopped, .markAll,
            ]
        let items = actions.compactMap { action -> ChoiceDialog.Item? in
            guard let binding = keys.bindings.first(where: { $0.action == action }) else { return nil }
            return ChoiceDialog.Item(
                label: binding.help, note: binding.keys.first.map(KeyMap.display) ?? "", choice: .action(action))
        }
        let title = focus == .images ? "Images" : selected?.name ?? "Containers"
        dialog = ChoiceDialog(kind: .list, title: title, items: items)
    }

    private mutating func toggleMark() {
        if focus == .images {
            guard let id = imageList.selected else { return }
            if imageList.marks.remove(id) == nil { imageList.marks.insert(id) }
        } else {
            guard let id = list.selected else { return }
            if list.marks.remove(id) == nil { list.marks.insert(id) }
        }
        move(1)
    }

    private mutating func markAll() {
        if focus == .images {
            imageList.marks = Set(imageList.rows.map(\.id))
        } else {
            list.marks = Set(list.rows.map(\.id))
        }
    }
}

extension String {
    /// `SIZE` as `Size`.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
