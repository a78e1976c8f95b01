import Engine
import Terminal

extension Pane {
    static let layers = Pane("layers")
}

extension ViewName {
    /// The layers and files of the selected image.
    static let layers = ViewName("layers")
}

extension KeyContext {
    static let layers = KeyContext("layers", "Layers and files of an image")
}

extension Action {
    static let filesSum = Action("files-sum")
    static let filesAdded = Action("files-added")
    static let filesModified = Action("files-modified")
    static let filesRemoved = Action("files-removed")
    static let filesUnchanged = Action("files-unchanged")
    static let nextChange = Action("next-change")
    static let previousChange = Action("previous-change")
    static let fold = Action("fold")
    static let foldAll = Action("fold-all")
}

extension LayersPane: PaneKind {
    static let pane = Pane.layers
    static let title = "Layers"
    static let contexts: [KeyContext] = [.layers, .everywhere]
    /// Layers at the left, files at the right; on smaller screens the one that has the focus.
    static let views = [
        ViewDefinition(.layers, "Layers", tab: .images, .layers, .files) { body, context in
            guard body.width >= 76 else {
                return [Layout.Place(pane: context.focus == .files ? .files : .layers, rect: body)]
            }
            let (left, right) = body.splitLeft(max(34, body.width * 40 / 100))
            return [Layout.Place(pane: .layers, rect: left), Layout.Place(pane: .files, rect: right)]
        }
    ]
    static let bindings = [
        KeyBinding(.filesSum, .layers, ["s"], "the layer's files alone, or all up to it", hint: "all/layer"),
        KeyBinding(.nextChange, .layers, ["n"], "next change", hint: "next change"),
        KeyBinding(.previousChange, .layers, ["N"], "change before"),
        KeyBinding(.fold, .layers, ["space"], "unfold or fold a directory", hint: "fold"),
        KeyBinding(.foldAll, .layers, ["ctrl-space"], "fold all directories, or unfold all", hint: "fold all"),
        KeyBinding(.filesAdded, .layers, ["a"], "hide or show what is added", hint: "added"),
        KeyBinding(.filesModified, .layers, ["m"], "hide or show what is modified", hint: "modified"),
        KeyBinding(.filesRemoved, .layers, ["r"], "hide or show what is removed", hint: "removed"),
        KeyBinding(.filesUnchanged, .layers, ["u"], "hide or show what is unchanged", hint: "unchanged"),
    ]
    static let menu: [Action] = [
        .filesSum, .nextChange, .previousChange, .fold, .foldAll, .filesAdded, .filesModified, .filesRemoved,
        .filesUnchanged, .filter, .nextTab,
    ]

    static func subject(_ state: DashboardState) -> String { state.layers.name }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(0, parts(state, rect).list.height - 4) }

    static func found(_ state: DashboardState) -> String { words("\(state.layers.files.rows.count) shown") }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        if action == .remove, state.view == .layers {
            state.tell(.information, words("images are removed in their own view, where Esc leads"))
            return []
        }
        return state.actOnLayers(action)
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.layers.move(step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        let count = state.layers.layers.count + state.layers.steps.count
        state.layers.move(edge == .top ? -count : count)
        return []
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        if step > 0 { state.focus = .files }
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.scrollSummary(step)
        return []
    }

    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        state.layers.stepTab(direction)
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        state.focus = .files
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        guard !state.layers.filter.isEmpty else { return false }
        state.layers.filter = ""
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.ask(pane, Line.paths, words("paths with"), text: state.layers.filter, isLive: true)
        return []
    }

    /// What is asked in a line.
    enum Line: Hashable, Sendable {
        case paths
    }

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        state.layers.filter = text
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        switch spot {
        case .tab(let name): LayersState.Tab(rawValue: name).map { state.layers.tab = $0 }
        case .place(let place):
            if state.layers.tab == .layers {
                state.layers.select(layer: place)
            } else {
                state.layers.select(step: place)
            }
            if isDouble { state.focus = .files }
        default: break
        }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] { state.settleLayers() }
}
