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

extension ContainersPane: TablePane {
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
        .inspect, .bulk, .filter, .sort, .columns, .wide, .group, .showStopped, .mark, .markRange, .markAll,
    ]
    static let shortcuts: [(action: Action, column: String)] = [
        (.sortName, "name"), (.sortCPU, "cpu"), (.sortMemory, "memory"), (.sortAge, "uptime"), (.sortState, "state"),
    ]

    static var listing: WritableKeyPath<DashboardState, Listing<Container>> { \.list.table }
    static func id(_ text: String) -> ContainerID { ContainerID(rawValue: text) }
    static func text(_ id: ContainerID) -> String { id.rawValue }

    static func subject(_ state: DashboardState) -> String { state.selected?.name ?? title }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .containers: state.open(.containers)
        case .startStop: return state.startOrStop()
        case .restart: return state.perform(.restart, on: state.list.targets.map(\.id))
        case .pause: return state.pauseOrResume()
        case .kill: state.askKill()
        // Nobody loses a container that he does not see.
        case .remove where state.focus.keyContexts.contains(.containers): state.askRemoveContainers()
        case .browse: return state.askBrowse()
        default: return actOnTable(action, &state)
        }
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        if state.selected != nil { state.open(.details) }
        return []
    }
}
