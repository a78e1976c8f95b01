import Terminal

extension TablePane {
    /// J and K scroll what is told of the selected one.
    static func scrollDetails(_ step: Int, count: Int, _ state: inout DashboardState) -> [Effect] {
        guard let rect = state.layout.rect(of: pane) else { return [] }
        let height = max(1, ResourcePane.parts(rect).details.height - 2)
        let wanted = ScrollMath.moved(state[keyPath: listing].detailScroll, by: step)
        state[keyPath: listing].detailScroll = ScrollMath.clamp(wanted, height: height, count: count)
        return []
    }
}
