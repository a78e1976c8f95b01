import Engine

extension DashboardState {
    /// After every step: what is on the screen gets what it needs, what has left it stops costing anything.
    mutating func settle() -> [Effect] {
        let layout = layout
        var effects: [Effect] = []
        for kind in PaneList.all { effects += kind.settle(layout.rect(of: kind.pane), &self) }
        return joiningWatches(effects, settlePins(layout))
    }
}
