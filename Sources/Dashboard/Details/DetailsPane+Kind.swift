import Engine
import Terminal

extension Pane {
    static let details = Pane("details")
}

extension ViewName {
    static let details = ViewName("details")
}

extension KeyContext {
    static let details = KeyContext("details", "Details")
}

extension Action {
    static let details = Action("details")
    static let inspect = Action("inspect")
}

extension DetailsPane: PaneKind {
    static let pane = Pane.details
    static let title = "Details"
    static let contexts: [KeyContext] = [.details, .containers, .everywhere]
    static let views = [ViewDefinition(.details, "Details", short: "Info", .details)]
    static let opening = [
        KeyBinding(.details, .everywhere, ["8"], "details"),
        KeyBinding(.inspect, .everywhere, ["i", "y"], "inspect"),
    ]
    static var menu: [Action] { ContainersPane.menu }

    static func subject(_ state: DashboardState) -> String { ContainersPane.subject(state) }

    static func copies(_ state: DashboardState) -> [Copyable] { ContainersPane.copies(state) }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) { ContainersPane.narrowing(state) }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .details: state.open(.details)
        case .inspect:
            state.details.choose(.inspect)
            state.open(.details)
        default: return nil
        }
        return []
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        let height = max(1, (state.layout.rect(of: pane)?.height ?? 3) - 4)
        let (sum, overflow) = state.details.scroll.addingReportingOverflow(step)
        state.details.scroll = ScrollMath.clamp(overflow ? .max : sum, height: height, count: lines(state).count)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        move(edge == .top ? -.max / 2 : .max / 2, &state)
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.details.column = min(max(0, state.details.column + step), 100_000)
        return []
    }

    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        state.details.step(direction)
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        guard case .tab(let name) = spot, let tab = DetailsState.Tab(rawValue: name) else { return [] }
        state.focus = pane
        state.details.choose(tab)
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        guard rect != nil, let id = state.list.selected else { return [] }
        var effects: [Effect] = []
        if state.details.container != id {
            let tab = state.details.tab
            state.details = DetailsState()
            state.details.tab = tab
            state.details.container = id
            effects.append(.inspect(id))
        }
        if state.details.tab == .processes, state.details.processes == nil, !state.details.awaitsProcesses,
            state.list.byID[id]?.state.isAlive == true
        {
            state.details.awaitsProcesses = true
            effects.append(.processes(id))
        }
        return effects
    }
}
