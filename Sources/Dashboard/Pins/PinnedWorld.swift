import Engine
import Terminal

/// What a pinned pane has of its own: the same as the pane without a pin has, for another container.
struct PinnedWorld: Sendable {
    var graphs = GraphsState()
    var details = DetailsState()
    var panes = PaneStates()
}

/// Pinned panes, by what they are called.
struct PinsState: Sendable {
    var worlds: [Pane: PinnedWorld] = [:]
    /// Which figures each graph on the screen wants.
    var watches: [Pane: [HistoryQuery]] = [:]
    /// While a pinned pane is at work: where it stands.
    var place: Layout.Place?
}

extension DashboardState {
    /// The container that a pinned pane stays with, as long as it exists.
    func container(pinnedTo pane: Pane) -> ContainerID? {
        guard let name = pane.pin else { return nil }
        return list.all.first { $0.name == name }?.id
    }

    /// Lets a pane work on the state as it sees it: with a pin its own container is the selected one, and what it knows
    /// is its own. For other panes the state is as it is.
    mutating func within<Result>(_ pane: Pane, _ body: (inout DashboardState) -> Result) -> Result {
        guard pane.pin != nil else { return body(&self) }
        var world = pins.worlds.removeValue(forKey: pane) ?? PinnedWorld()
        let selected = list.selected
        let before = (focus: focus, place: pins.place, view: view)
        let place = layout.rect(of: pane).map { Layout.Place(pane: pane.base, rect: $0) }
        exchange(&world)
        list.selected = container(pinnedTo: pane)
        pins.place = place
        // The pane asks whether it has the focus by its own name.
        focus = before.focus == pane ? pane.base : before.focus == pane.base ? Pane("") : before.focus
        let asked = focus
        let result = body(&self)
        focus = focus == asked ? before.focus : focus == pane.base ? pane : focus
        pins.place = before.place
        // Whoever goes on from there goes on with its container.
        if view == before.view { list.selected = selected } else if let id = list.selected { list.select(id) }
        exchange(&world)
        pins.worlds[pane] = world
        return result
    }

    /// The state as a pane sees it, to draw it.
    func seen(by pane: Pane) -> DashboardState {
        guard pane.pin != nil else { return self }
        var copy = self
        return copy.within(pane) { $0 }
    }

    private mutating func exchange(_ world: inout PinnedWorld) {
        swap(&graphs, &world.graphs)
        swap(&details, &world.details)
        swap(&panes, &world.panes)
    }

    /// The same for what is answered with effects: those that are the pane's own come back to it.
    mutating func inside(_ pane: Pane, _ body: (inout DashboardState) -> [Effect]) -> [Effect] {
        insideIfAny(pane, body) ?? []
    }

    /// The same for what may be none of the pane's business.
    mutating func insideIfAny(_ pane: Pane, _ body: (inout DashboardState) -> [Effect]?) -> [Effect]? {
        guard pane.pin != nil else { return body(&self) }
        let before = (dialog: dialog, prompt: prompt, form: form)
        let effects = within(pane, body)
        // What it asks the person is answered to it.
        if dialog != before.dialog { dialog?.address(pane.base, as: pane) }
        if prompt != before.prompt { prompt?.address(pane.base, as: pane) }
        if form != before.form { form?.address(pane.base, as: pane) }
        return effects?.map { effect in
            switch effect {
            case .errand(let errand) where errand.pane == pane.base:
                return .errand(PaneErrand(pane: pane, errand: errand.errand))
            case .terminal(let errand) where errand.pane == pane.base:
                return .terminal(PaneErrand(pane: pane, errand: errand.errand))
            case .endErrand(pane.base, let slot): return .endErrand(pane, slot: slot)
            case .inspect: return .pinned(pane, effect)
            case .watch(let queries):
                pins.watches[pane] = queries
                return effect
            default: return effect
            }
        }
    }

    /// Pinned panes get what they need on the screen; those that no arrangement has any more are let go.
    mutating func settlePins(_ layout: Layout) -> [Effect] {
        let wanted = Set(arranging.trees.values.flatMap(\.slots).filter { $0.pin != nil }.map { Pane($0) })
        var effects: [Effect] = []
        for pane in wanted.union(pins.worlds.keys).sorted(by: { $0.name < $1.name }) {
            let rect = layout.rect(of: pane)
            guard rect != nil || pins.worlds[pane] != nil else { continue }
            effects += inside(pane) { pane.kind.settle(rect, &$0) }
            if !wanted.contains(pane) {
                pins.worlds[pane] = nil
                pins.watches[pane] = nil
            }
        }
        return effects
    }

    /// Graphs of several panes want figures at once: what they watch is asked for together.
    mutating func joiningWatches(_ own: [Effect], _ pinned: [Effect]) -> [Effect] {
        for case .watch(let queries) in own { pins.watches[.graphs] = queries }
        let all = own + pinned
        guard all.contains(where: { if case .watch = $0 { true } else { false } }) else { return all }
        var queries: [HistoryQuery] = []
        for pane in pins.watches.keys.sorted(by: { $0.name < $1.name }) {
            for query in pins.watches[pane] ?? [] where !queries.contains(query) { queries.append(query) }
        }
        return all.filter { if case .watch = $0 { false } else { true } } + [.watch(queries)]
    }
}
