import Engine
import Terminal

/// The networks' table, and who is on the selected one.
enum NetworksPane {
    static func draw(_ state: DashboardState, in whole: Rect, _ frame: inout Frame, _ look: Look) {
        let parts = ResourcePane.parts(whole)
        let key = state.keys.key(for: .create).map(KeyMap.display) ?? "create"
        drawTable(
            TableTitle(text: words("Networks"), nothing: [words("no network"), words("\(key) makes one")]), state,
            in: parts.table, &frame,
            look)
        ResourcePane.drawDetails(
            words("Network"), state.networks.selected?.name ?? "", lines(state, look),
            scroll: state.networks.detailScroll,
            in: parts.details, &frame, look)
    }

    /// All about the selected network; `look` may be left out where only the length counts.
    static func lines(
        _ state: DashboardState, _ look: Look = Look(theme: .plain, glyphs: .ascii)
    ) -> [[Span]] {
        guard let network = state.networks.selected else { return [] }
        var tree = TextTree(look: look)
        if network.endpoints.isEmpty {
            tree.plain(words("nobody is on it"), look[.faint])
        } else {
            for endpoint in network.endpoints { NetworkText.member(endpoint, state, &tree) }
        }
        tree.blank()
        tree.pair(words("id"), network.id.short)
        tree.pair(words("driver"), network.spec.driver)
        if !network.bridge.isEmpty { tree.pair(words("bridge"), network.bridge) }
        for subnet in network.spec.subnets {
            tree.pair(
                words("subnet"), "\(subnet.prefix)" + (subnet.gateway.map { " \(words("by way of \($0)"))" } ?? ""))
            if let range = subnet.range { tree.pair(words("given out"), "\(range)") }
            for (name, address) in subnet.reserved.sorted(by: { $0.key < $1.key }) {
                tree.pair(words("kept"), words("\(address) for \(name)"))
            }
        }
        if network.spec.isInternal { tree.pair(words("internal"), words("no way out and none in")) }
        if !network.isPredefined { tree.pair(words("created"), network.createdAt.rfc3339) }
        func pairs(_ values: [String: String]) -> [String] { values.sorted { $0.key < $1.key }.map { "\($0)=\($1)" } }
        if !network.spec.labels.isEmpty { tree.list(words("labels"), pairs(network.spec.labels)) }
        if !network.spec.options.isEmpty { tree.list(words("options"), pairs(network.spec.options)) }
        return tree.lines
    }
}
