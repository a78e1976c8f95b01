import Terminal

extension Pane {
    /// The output of a build's step.
    static let buildText = Pane("build-text")
}

extension BuildTextPane: PaneKind {
    static let pane = Pane.buildText
    static let title = "Output"
    static let contexts: [KeyContext] = [.build, .building, .everywhere]
    static var menu: [Action] { BuildPane.menu }

    static func subject(_ state: DashboardState) -> String { BuildPane.subject(state) }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(0, rect.height - 2) }

    static func offers(_ action: Action, _ state: DashboardState) -> Bool { BuildPane.offers(action, state) }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.scrollBuild(step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        if edge == .top { state.builds.text.goToTop() } else { state.builds.text.isFollowing = true }
        return []
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        if state.builds.text.wraps { state.builds.text.wraps = false }
        state.builds.text.column = min(max(0, state.builds.text.column + step), 100_000)
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] { move(step, &state) }

    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect] { BuildPane.turn(direction, &state) }

    static func back(_ state: inout DashboardState) -> Bool {
        if BuildPane.back(&state) { return true }
        guard !state.layout.shows(.build) else { return false }
        state.focus = .build
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] { BuildPane.find(&state) }

    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        BuildPane.findAgain(direction, &state)
    }
}
