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

extension NetworksPane: TablePane {
    static let pane = Pane.networks
    static let title = "Networks"
    static let shortcuts: [(action: Action, column: String)] = [
        (.sortName, "name"), (.sortCPU, "endpoints"), (.sortMemory, "subnet"), (.sortAge, "created"),
        (.sortState, "marks"),
    ]

    static var listing: WritableKeyPath<DashboardState, Listing<Network>> { \.networks }
    static func id(_ text: String) -> NetworkID { NetworkID(rawValue: text) }
    static func text(_ id: NetworkID) -> String { id.rawValue }
    static func tableRect(_ pane: Rect) -> Rect { ResourcePane.parts(pane).table }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        if action == .networks {
            state.open(.networks)
            return []
        }
        return state.focus == pane ? actOnList(action, &state) : nil
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        scrollDetails(step, count: lines(state).count, &state)
    }

    static let deeper = "containers"

    static func open(_ state: inout DashboardState) -> [Effect] {
        if let network = state.networks.selected { state.showContainers("-n \(network.name)") }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        settleTable(rect, &state)
        return rect != nil && state.networks.freshness.begin(state.now) ? [.loadNetworks] : []
    }

    static func bulk(_ state: DashboardState) -> [BulkChoice] {
        let removable = scope(state).filter { !$0.isPredefined && $0.endpoints.isEmpty }
        let marked = state.networks.targets.filter { state.networks.marks.contains($0.id) }
        func choice(_ label: String, _ rows: [Network]) -> BulkChoice {
            BulkChoice(
                label, words("Remove"), rows,
                loss: words("Nobody is on them now.") + state.waiting(for: rows).map { " " + $0 }.joined()
            ) { $0.id.rawValue }
        }
        return [
            choice(
                words("Remove the marked that nobody is on"), marked.filter { !$0.isPredefined && $0.endpoints.isEmpty }
            ),
            choice(words("Remove all that nobody is on"), removable),
        ]
    }

    static func carryOut(_ choice: BulkChoice, _ state: inout DashboardState) -> [Effect] {
        let targets = choice.ids.compactMap { state.networks[NetworkID(rawValue: $0)] }
        return state.carryOut(.removeNetworks(targets.map(ResourceChange.NetworkTarget.init)))
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
        .connect, .disconnect, .create, .remove, .prune, .bulk, .open, .filter, .sort, .columns, .wide, .group,
        .showStopped, .mark, .markRange, .markAll,
    ]

    static func subject(_ state: DashboardState) -> String { state.networks.selected?.name ?? title }

    private static func actOnList(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .connect: state.askConnect()
        case .disconnect: state.askDisconnect()
        case .create:
            if !state.refuseIfReadOnly(words("make networks")) {
                state.ask(pane, NetworkWord.name, words("new network's name"))
            }
        case .prune: state.askPruneNetworks()
        case .remove: state.askRemoveNetworks()
        default: return actOnTable(action, &state)
        }
        return []
    }

    static func hearLine(_ word: PaneWord, _ text: String, _ state: inout DashboardState) -> [Effect] {
        guard let word = word.value as? NetworkWord else { return [] }
        return state.makeNetwork(word, text.split(separator: " ").joined(separator: " "))
    }
}

/// What is asked for before a network is made: its name, and then where its addresses come from.
enum NetworkWord: Hashable, Sendable {
    case name
    case addresses(name: String)
}
