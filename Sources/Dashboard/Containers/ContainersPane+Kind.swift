import Engine
import Terminal

extension Pane {
    static let containers = Pane("containers")
}

extension ViewName {
    static let containers = ViewName("containers")
}

extension KeyContext {
    static let containers = KeyContext("containers", "Containers")
}

extension Action {
    static let containers = Action("containers")
    static let startStop = Action("start-stop")
    static let restart = Action("restart")
    static let pause = Action("pause")
    static let kill = Action("kill")
    static let browse = Action("browse")
}

extension ContainersPane: PaneKind {
    static let pane = Pane.containers
    static let title = "Containers"
    static let contexts: [KeyContext] = [.containers, .tables, .everywhere]
    static let views = [ViewDefinition(.containers, "Containers", short: "Ctrs", .containers)]
    static let opening = [KeyBinding(.containers, .everywhere, ["2"], "containers")]
    static let bindings =
        running + ShellPane.ways + [
            KeyBinding(.browse, .containers, ["w"], "open a published port in the browser", hint: "browser")
        ]
    private static let running = [
        KeyBinding(.startStop, .containers, ["s"], "start or stop", hint: "start/stop"),
        KeyBinding(.restart, .containers, ["r"], "restart", hint: "restart"),
        KeyBinding(.pause, .containers, ["p"], "pause or go on", hint: "pause"),
        KeyBinding(.kill, .containers, ["ctrl-k"], "kill: asks for the signal"),
    ]
    static let menu: [Action] = [
        .startStop, .restart, .pause, .kill, .remove, .shell, .shellFull, .attach, .attachFull, .browse, .logs, .graphs,
        .inspect, .filter,
        .sort,
        .showStopped, .markAll,
    ]

    static func subject(_ state: DashboardState) -> String { state.selected?.name ?? title }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) {
        (state.list.marks.count, state.list.filter.text)
    }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .containers: state.open(.containers)
        case .startStop: return state.startOrStop()
        case .restart: return state.perform(.restart, on: state.list.targets.map(\.id))
        case .pause: return state.pauseOrResume()
        case .kill: state.askKill()
        case .remove: state.askRemoveContainers()
        case .browse: return state.askBrowse()
        case .showStopped: state.toggleStopped()
        case .mark:
            guard let id = state.list.selected else { return [] }
            if state.list.marks.remove(id) == nil { state.list.marks.insert(id) }
            return move(1, &state)
        case .markAll: state.list.marks = Set(state.list.rows.map(\.id))
        case .unmark: state.list.marks = []
        case .sort: askSort(&state)
        default: return sortColumn(of: action).map { state.sortContainers($0) } == nil ? nil : []
        }
        return []
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.list.select(state.list.index + step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state.list.select(edge == .top ? 0 : .max)
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        if state.selected != nil { state.open(.details) }
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        if !state.list.marks.isEmpty {
            state.list.marks = []
        } else if !state.list.filter.isEmpty {
            state.list.filter = RowFilter("")
            state.list.arrange(usage: state.usage)
        } else {
            return false
        }
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.openPrompt(.filterContainers)
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        switch spot {
        case .header(let name): ContainerColumn(rawValue: name).map { state.sortContainers($0) }
        case .row(let id):
            state.focus = .containers
            state.list.select(ContainerID(rawValue: id))
            if isDouble { return open(&state) }
        default: break
        }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        state.list.keepVisible(rect.map { height(state, $0) } ?? 0)
        return []
    }

    // MARK: Sorting

    private static let shortcuts: [(action: Action, column: ContainerColumn)] = [
        (.sortName, .name), (.sortCPU, .cpu), (.sortMemory, .memory), (.sortAge, .uptime), (.sortState, .state),
    ]

    private static func sortColumn(of action: Action) -> ContainerColumn? {
        shortcuts.first { $0.action == action }?.column
    }

    private static func askSort(_ state: inout DashboardState) {
        let columns = ContainerColumn.allCases.filter { $0 != .trace }
        let keys = state.keys
        let items = columns.map { column in
            let action = shortcuts.first { $0.column == column }?.action
            let key = action.flatMap { keys.key(for: $0) }.map(KeyMap.display) ?? ""
            return ChoiceDialog.Item(label: column.longTitle, note: key, choice: .sortContainers(column))
        }
        state.dialog = ChoiceDialog(
            kind: .list, title: "Sort by", items: items, selected: columns.firstIndex(of: state.list.sort.column) ?? 0)
    }
}
