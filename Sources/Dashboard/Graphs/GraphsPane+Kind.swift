import Engine
import Terminal

extension Pane {
    static let graphs = Pane("graphs")
}

extension ViewName {
    static let graphs = ViewName("graphs")
}

extension KeyContext {
    static let graphs = KeyContext("graphs", "Graphs")
}

extension Action {
    static let graphs = Action("graphs")
    static let graphGlyphs = Action("graph-glyphs")
    static let graphScale = Action("graph-scale")
    static let graphLonger = Action("graph-longer")
    static let graphShorter = Action("graph-shorter")
}

extension GraphsPane: PaneKind {
    static let pane = Pane.graphs
    static let title = "Graphs"
    static let contexts: [KeyContext] = [.graphs, .containers, .everywhere]
    static let views = [ViewDefinition(.graphs, "Graphs", .graphs)]
    static let opening = [KeyBinding(.graphs, .everywhere, ["6"], "graphs")]
    static let bindings = [
        KeyBinding(.graphGlyphs, .graphs, ["b"], "braille, blocks or ASCII", hint: "glyphs"),
        KeyBinding(.graphScale, .graphs, ["c"], "scale: to the peak, to 100 % or the limit", hint: "scale"),
        KeyBinding(.graphLonger, .graphs, [">", "."], "a longer time span", hint: "longer"),
        KeyBinding(.graphShorter, .graphs, ["<", ","], "a shorter time span", hint: "shorter"),
    ]
    static var menu: [Action] { ContainersPane.menu }

    static func subject(_ state: DashboardState) -> String { ContainersPane.subject(state) }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) { ContainersPane.narrowing(state) }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .graphs: state.open(.graphs)
        case .graphGlyphs: state.graphs.nextStyle(onASCII: false)
        case .graphScale: state.graphs.scale = state.graphs.scale == .peak ? .limit : .peak
        case .graphLonger: state.graphs.step(span: 1)
        case .graphShorter: state.graphs.step(span: -1)
        default: return nil
        }
        return []
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.graphs.scroll = max(0, min(state.graphs.scroll + step, 20))
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state.graphs.scroll = edge == .top ? 0 : 20
        return []
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.graphs.step(span: step > 0 ? 1 : -1)
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        if state.view == .overview { state.open(.graphs) }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        let wanted = rect.map { queries(state, in: $0) } ?? []
        guard wanted != state.graphs.watched else { return [] }
        state.graphs.watched = wanted
        let kept = Set(wanted)
        state.graphs.series = state.graphs.series.filter { kept.contains($0.key) }
        return [.watch(wanted)]
    }
}
