import Engine
import Terminal

extension Pane {
    static let engines = Pane("engines")
}

extension ViewName {
    static let engines = ViewName("engines")
}

extension KeyContext {
    static let engines = KeyContext("engines", "Engines")
}

extension Action {
    static let engines = Action("engines")
    static let chooseEngine = Action("choose-engine")
}

extension PaneWord {
    /// The engine whose things are to be shown; `nil` stands for all.
    fileprivate struct Choice: Hashable, Sendable {
        var name: String?
    }
}

extension EnginesPane: PaneKind {
    typealias State = EnginesState

    static let pane = Pane.engines
    static let title = "Engines"
    static let contexts: [KeyContext] = [.engines, .everywhere]
    static let views = [ViewDefinition(.engines, "Engines", tab: .containers, .engines)]
    static let opening = [
        KeyBinding(.engines, .everywhere, ["I"], "engines: docker, podman and others, and how they are doing")
    ]
    static let bindings = [
        KeyBinding(.chooseEngine, .everywhere, ["ctrl-e"], "show one engine's things, or all")
    ]
    static let menu: [Action] = [.open, .chooseEngine]
    static let deeper = "only this"

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(1, rect.height - 3) }

    static func subject(_ state: DashboardState) -> String { selected(state)?.name ?? title }

    static func offers(_ action: Action, _ state: DashboardState) -> Bool {
        action != .chooseEngine || state[EnginesPane.self].statuses.count > 1
    }

    static func table(_ state: DashboardState) -> (titles: [String], rows: [[String]])? {
        (
            ["NAME", "KIND", "VERSION", "RUNNING", "STATE", "ADDRESS"],
            state[EnginesPane.self].statuses.map { status in
                texts(status, state).map { $0.hasPrefix("  ") || $0.hasPrefix("* ") ? String($0.dropFirst(2)) : $0 }
            }
        )
    }

    static func copies(_ state: DashboardState) -> [Copyable] {
        guard let status = selected(state) else { return [] }
        return [Copyable(words("name"), status.name), Copyable(words("address"), status.address)]
    }

    private static func selected(_ state: DashboardState) -> EngineStatus? {
        let engines = state[EnginesPane.self]
        return engines.statuses.indices.contains(engines.selected) ? engines.statuses[engines.selected] : nil
    }

    // MARK: What a person does

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .engines: state.open(.engines)
        case .chooseEngine: ask(&state)
        default: return nil
        }
        return []
    }

    private static func ask(_ state: inout DashboardState) {
        let engines = state[EnginesPane.self]
        guard engines.statuses.count > 1 else {
            return state.tell(
                .information, words("there is one engine here: spyhop --engine all shows others beside it"))
        }
        func item(_ label: String, _ note: String, _ name: String?) -> ChoiceDialog.Item {
            ChoiceDialog.Item(label: label, note: note, choice: .tell(pane, PaneWord(PaneWord.Choice(name: name))))
        }
        let items =
            [item(words("All"), "", nil)]
            + engines.statuses.map { item($0.name, condition($0, state), $0.name) }
        let present = engines.statuses.firstIndex { $0.name == engines.chosen }.map { $0 + 1 } ?? 0
        state.dialog = ChoiceDialog(kind: .list, title: words("Show the things of"), items: items, selected: present)
    }

    static func hear(_ word: PaneWord, _ state: inout DashboardState) -> [Effect] {
        guard let choice = word.value as? PaneWord.Choice else { return [] }
        return [.errand(pane, ChooseEngine(name: choice.name))]
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        select(state[EnginesPane.self].selected + step, &state)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        select(edge == .top ? 0 : .max, &state)
        return []
    }

    private static func select(_ index: Int, _ state: inout DashboardState) {
        state[EnginesPane.self].selected = max(0, min(index, state[EnginesPane.self].statuses.count - 1))
    }

    /// Its things alone; all again where it is the only one already.
    static func open(_ state: inout DashboardState) -> [Effect] {
        guard let name = selected(state)?.name, state[EnginesPane.self].statuses.count > 1 else { return [] }
        return [.errand(pane, ChooseEngine(name: state[EnginesPane.self].chosen == name ? nil : name))]
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        guard case .place(let index) = spot else { return [] }
        select(index, &state)
        return isDouble ? open(&state) : []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        guard let rect else { return [] }
        let height = height(state, rect)
        var engines = state[EnginesPane.self]
        if engines.selected < engines.scroll { engines.scroll = engines.selected }
        if engines.selected >= engines.scroll + height { engines.scroll = engines.selected - height + 1 }
        engines.scroll = max(0, min(engines.scroll, engines.statuses.count - height))
        if engines.scroll != state[EnginesPane.self].scroll { state[EnginesPane.self].scroll = engines.scroll }
        return []
    }

    // MARK: What comes back

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        switch answer {
        case let statuses as [EngineStatus]: return receive(statuses, &state)
        case let answer as ChooseEngine.Answer:
            state[EnginesPane.self].chosen = answer.chosen
            state.networks.freshness.markStale()
            state.volumes.freshness.markStale()
            return [.loadContainers, .loadImages]
        default: return []
        }
    }

    /// An engine that goes is told once, one that comes brings its things.
    private static func receive(_ statuses: [EngineStatus], _ state: inout DashboardState) -> [Effect] {
        let old = state[EnginesPane.self].statuses
        state[EnginesPane.self].statuses = statuses
        select(state[EnginesPane.self].selected, &state)
        var effects: [Effect] = []
        for status in statuses {
            let before = old.first { $0.name == status.name }?.condition
            guard before != status.condition else { continue }
            switch status.condition {
            case .connecting: break
            case .connected:
                if case .unreachable? = before { state.tell(.information, words("engine \(status.name) is back")) }
                state.networks.freshness.markStale()
                state.volumes.freshness.markStale()
                if before != nil { effects = [.loadContainers, .loadImages] }
            case .unreachable(let error, _):
                if case .unreachable? = before { continue }
                state.tell(.failure, words("engine \(status.name) is away: \(error.cause ?? error.message)"))
            }
        }
        return effects
    }
}
