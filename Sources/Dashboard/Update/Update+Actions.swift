import Engine

extension DashboardState {
    /// Does what a key, a hint or the menu asked for.
    mutating func act(_ action: Action) -> [Effect] {
        if let effects = navigate(action) ?? find(action) ?? operate(action) ?? adjustLog(action) ?? actOnImages(action)
            ?? actOnLayers(action) ?? actOnBuilds(action)
        {
            return effects
        }
        switch action {
        case .graphGlyphs: graphs.nextStyle(onASCII: false)
        case .graphScale: graphs.scale = graphs.scale == .peak ? .limit : .peak
        case .graphLonger: graphs.step(span: 1)
        case .graphShorter: graphs.step(span: -1)
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .quit: return quit()
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
        case .overview, .containers, .images, .volumes, .networks, .graphs, .logs, .details:
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
        case .filter: openPrompt(filterPurpose)
        case .logSearch: openPrompt(.searchLog)
        case .nextMatch: return findAgain(-1)
        case .previousMatch: return findAgain(1)
        case .showStopped:
            list.showsStopped.toggle()
            list.arrange(usage: usage)
            tell(.information, list.showsStopped ? "showing all containers" : "showing only what runs")
        case .sort: askSort()
        case .sortName: sort(.name, .name, .name, .name)
        case .sortCPU: sort(.cpu, .used, .endpoints, .used)
        case .sortMemory: sort(.memory, .size, .subnet, .size)
        case .sortAge: sort(.uptime, .created, .created, .created)
        case .sortState: sort(.state, .platform, .marks, .driver)
        case .mark: toggleMark()
        case .markAll: markAll()
        case .unmark:
            list.marks = []
            imageList.marks = []
            networks.marks = []
            volumes.marks = []
        default: return nil
        }
        return []
    }

    private var filterPurpose: Prompt.Purpose {
        switch focus {
        case .logs: .searchLog
        case .images: .filterImages
        case .networks: .filterNetworks
        case .volumes: .filterVolumes
        case .layers, .files: .filterFiles
        case .build, .buildText: .searchBuild
        case .containers, .graphs, .details: .filterContainers
        }
    }

    private mutating func operate(_ action: Action) -> [Effect]? {
        switch action {
        case .startStop: return startOrStop()
        case .restart: return perform(.restart, on: list.targets.map(\.id))
        case .pause: return pauseOrResume()
        case .kill: askKill()
        case .remove: if view == .build { return removeBuild() } else { askRemove() }
        case .shell, .attach: return join(action)
        case .browse: return askBrowse()
        case .create, .prune, .connect, .disconnect: return askResource(action)
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

    private mutating func sort(
        _ column: ContainerColumn, _ image: ImageColumn, _ network: NetworkColumn, _ volume: VolumeColumn
    ) {
        switch focus {
        case .images:
            imageList.sort.choose(image)
            imageList.arrange()
        case .networks: networks.order(by: network)
        case .volumes: volumes.order(by: volume)
        case .layers, .files, .build, .buildText: break
        case .containers, .graphs, .logs, .details: sortContainers(column)
        }
    }

    private mutating func askSort() {
        func items<Column: Equatable>(
            _ columns: [Column], _ chosen: Column, _ title: (Column) -> String,
            _ choice: (Column) -> ChoiceDialog.Choice
        ) -> (items: [ChoiceDialog.Item], selected: Int) {
            (
                columns.map { ChoiceDialog.Item(label: title($0), note: sortKey($0), choice: choice($0)) },
                columns.firstIndex(of: chosen) ?? 0
            )
        }
        let list =
            switch focus {
            case .images:
                items(ImageColumn.allCases, imageList.sort.column, \.title.capitalizedFirst) { .sortImages($0) }
            case .networks:
                items(NetworkColumn.sortable, networks.sort.column, \.title.capitalizedFirst) { .sortNetworks($0) }
            case .volumes:
                items(VolumeColumn.allCases, volumes.sort.column, \.title.capitalizedFirst) { .sortVolumes($0) }
            case .containers, .graphs, .logs, .details, .layers, .files, .build, .buildText:
                items(ContainerColumn.allCases.filter { $0 != .trace }, list.sort.column, \.longTitle) {
                    .sortContainers($0)
                }
            }
        dialog = ChoiceDialog(kind: .list, title: "Sort by", items: list.items, selected: list.selected)
    }

    /// The key that sorts by a column of the containers at once.
    private func sortKey(_ column: some Equatable) -> String {
        let shortcuts: [ContainerColumn: Action] = [
            .name: .sortName, .cpu: .sortCPU, .memory: .sortMemory, .uptime: .sortAge, .state: .sortState,
        ]
        let action = (column as? ContainerColumn).flatMap { shortcuts[$0] }
        return action.flatMap { keys.key(for: $0) }.map(KeyMap.display) ?? ""
    }

    /// What can be done with the keys of this place, for those who do not know them.
    private mutating func askMenu() {
        let actions: [Action]
        let title: String
        switch focus {
        case .images:
            actions = [
                .open, .users, .pull, .searchRegistry, .run, .build, .tag, .push, .remove, .prune, .transfers, .builds,
                .sort,
                .filter, .mark, .markAll,
            ]
            title = selectedImage.map { ImagesState.name(of: $0) } ?? "Images"
        case .layers, .files:
            actions = [
                .filesSum, .nextChange, .previousChange, .fold, .foldAll, .filesAdded, .filesModified, .filesRemoved,
                .filesUnchanged, .filter, .nextTab,
            ]
            title = layers.name
        case .build, .buildText:
            actions = [
                .buildShell, .build, .buildAgain, .buildCancel, .buildFollow, .buildWrap, .filter, .open, .remove,
                .nextTab,
            ]
            title = builds.shown?.title ?? "Builds"
        case .networks:
            actions = [.connect, .disconnect, .create, .remove, .prune, .open, .sort, .filter, .mark, .markAll]
            title = networks.selected?.name ?? "Networks"
        case .volumes:
            actions = [.create, .remove, .prune, .open, .sort, .filter, .mark, .markAll]
            title = volumes.selected?.shownName ?? "Volumes"
        case .containers, .graphs, .logs, .details:
            actions = [
                .startStop, .restart, .pause, .kill, .remove, .shell, .attach, .browse, .logs, .graphs, .inspect,
                .filter, .sort, .showStopped, .markAll,
            ]
            title = selected?.name ?? "Containers"
        }
        let items = actions.compactMap { action -> ChoiceDialog.Item? in
            guard let binding = keys.bindings.first(where: { $0.action == action }) else { return nil }
            return ChoiceDialog.Item(
                label: binding.help, note: binding.keys.first.map(KeyMap.display) ?? "", choice: .action(action))
        }
        dialog = ChoiceDialog(kind: .list, title: title, items: items)
    }

    private mutating func toggleMark() {
        switch focus {
        case .images:
            guard let id = imageList.selected else { return }
            if imageList.marks.remove(id) == nil { imageList.marks.insert(id) }
        case .networks: networks.toggleMark()
        case .volumes: volumes.toggleMark()
        case .layers, .files, .build, .buildText: return
        case .containers, .graphs, .logs, .details:
            guard let id = list.selected else { return }
            if list.marks.remove(id) == nil { list.marks.insert(id) }
        }
        move(1)
    }

    private mutating func markAll() {
        switch focus {
        case .images: imageList.marks = Set(imageList.rows.map(\.id))
        case .networks: networks.markAll()
        case .volumes: volumes.markAll()
        case .layers, .files, .build, .buildText: break
        case .containers, .graphs, .logs, .details: list.marks = Set(list.rows.map(\.id))
        }
    }
}

extension String {
    /// `SIZE` as `Size`.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
