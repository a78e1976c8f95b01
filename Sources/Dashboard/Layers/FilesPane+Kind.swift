import Terminal

extension Pane {
    static let files = Pane("files")
}

extension FilesPane: PaneKind {
    static let pane = Pane.files
    static let title = "Files"
    static let contexts: [KeyContext] = [.layers, .everywhere]
    static var menu: [Action] { LayersPane.menu }

    static func subject(_ state: DashboardState) -> String { state.layers.name }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(0, rect.height - 2) }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.layers.files.move(step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state.layers.files.select(edge == .top ? 0 : .max)
        return []
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        if step > 0 { state.layers.files.unfold() } else { state.layers.files.fold() }
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] { LayersPane.scroll(step, &state) }

    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect] { LayersPane.turn(direction, &state) }

    static func open(_ state: inout DashboardState) -> [Effect] {
        state.layers.files.toggle(state.layers.files.index)
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool { LayersPane.back(&state) }

    static func find(_ state: inout DashboardState) -> [Effect] { LayersPane.find(&state) }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        switch spot {
        case .place(let place):
            state.layers.files.select(place)
            if isDouble { state.layers.files.toggle(place) }
        case .fold(let place):
            state.layers.files.select(place)
            state.layers.files.toggle(place)
        default: break
        }
        return []
    }
}
