import Engine
import Terminal

extension Pane {
    static let networks = Pane("networks")
}

extension ViewName {
    static let networks = ViewName("networks")
}

extension Action {
    static let networks = Action("networks")
}

extension NetworksPane: PaneKind {
    static let pane = Pane.networks
    static let title = "Networks"

    static func height(_ state: DashboardState, _ rect: Rect) -> Int {
        max(0, ResourcePane.parts(rect).table.height - 3)
    }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) {
        (state.networks.marks.count, state.networks.filter.text)
    }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        if action == .networks {
            state.open(.networks)
            return []
        }
        return state.focus == pane ? actOnList(action, &state) : nil
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.networks.move(step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state.networks.select(edge == .top ? 0 : .max)
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.scrollResource(step)
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        if !state.networks.marks.isEmpty {
            state.networks.marks = []
        } else if !state.networks.filter.isEmpty {
            state.networks.narrow("")
        } else {
            return false
        }
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.openPrompt(.filterNetworks)
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        if let network = state.networks.selected { state.showContainers("-n \(network.name)") }
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        switch spot {
        case .header(let name):
            guard let column = NetworkColumn(rawValue: name), NetworkColumn.sortable.contains(column) else { break }
            state.networks.order(by: column)
        case .row(let id):
            state.focus = .networks
            state.networks.select(NetworkID(rawValue: id))
            if isDouble { return open(&state) }
        default: break
        }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        state.networks.keepVisible(rect.map { height(state, $0) } ?? 0)
        return rect != nil && state.networks.beginLoading(state.now) ? [.loadNetworks] : []
    }
}

extension KeyContext {
    static let networks = KeyContext("networks", "Networks")
}

extension Action {
    static let connect = Action("connect")
    static let disconnect = Action("disconnect")
}

extension NetworksPane {
    static let contexts: [KeyContext] = [.networks, .resources, .tables, .everywhere]
    static let views = [ViewDefinition(.networks, "Networks", short: "Nets", .networks)]
    static let opening = [KeyBinding(.networks, .everywhere, ["5"], "networks")]
    static let bindings = [
        KeyBinding(.connect, .networks, ["a"], "put a container on the network", hint: "connect"),
        KeyBinding(.disconnect, .networks, ["u"], "take a container off the network", hint: "disconnect"),
    ]
    static let menu: [Action] = [
        .connect, .disconnect, .create, .remove, .prune, .open, .sort, .filter, .mark, .markAll,
    ]

    static func subject(_ state: DashboardState) -> String { state.networks.selected?.name ?? title }

    private static func actOnList(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .connect: state.askConnect()
        case .disconnect: state.askDisconnect()
        case .create: state.openPrompt(.networkName)
        case .prune: state.askPruneNetworks()
        case .remove: state.askRemoveNetworks()
        case .mark:
            state.networks.toggleMark()
            state.networks.move(1)
        case .markAll: state.networks.markAll()
        case .unmark: state.networks.marks = []
        case .sort:
            state.dialog = ChoiceDialog.sorting(NetworkColumn.sortable, state.networks.sort.column, \.title) {
                .sortNetworks($0)
            }
        case .sortName: state.networks.order(by: .name)
        case .sortCPU: state.networks.order(by: .endpoints)
        case .sortMemory: state.networks.order(by: .subnet)
        case .sortAge: state.networks.order(by: .created)
        case .sortState: state.networks.order(by: .marks)
        default: return nil
        }
        return []
    }
}
