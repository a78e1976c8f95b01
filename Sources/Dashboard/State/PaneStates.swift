/// What single panes know, each in a place of its own, so that a new pane touches nothing but its folder and `PaneList`.
struct PaneStates: Sendable {
    private var states: [Pane: any PaneState] = [:]

    subscript<Kind: PaneKind>(_ kind: Kind.Type) -> Kind.State {
        get { states[Kind.pane] as? Kind.State ?? Kind.State() }
        _modify {
            // Taken out while it is changed, so that its arrays are not copied.
            var state = states.removeValue(forKey: Kind.pane) as? Kind.State ?? Kind.State()
            defer { states[Kind.pane] = state }
            yield &state
        }
    }
}
