import Engine
import Terminal

/// The networks' table, and who is on the selected one.
enum NetworksPane {
    private static func columns(_ rows: [Network]) -> [TableColumn] {
        func longest(_ texts: some Sequence<String>, atMost most: Int) -> Int {
            min(most, texts.reduce(0) { max($0, $1.utf8.count) })
        }
        let name = longest(rows.lazy.map(\.name), atMost: 30)
        let subnet = longest(rows.lazy.map { Self.subnets($0) }, atMost: 40)
        return [
            TableColumn("name", title: "NETWORK", minimum: 14, ideal: name, flex: 3),
            TableColumn("driver", title: "DRIVER", minimum: 7, dispensability: 5),
            TableColumn("subnet", title: "SUBNET", minimum: 18, ideal: subnet, flex: 2),
            TableColumn("gateway", title: "GATEWAY", minimum: 15, dispensability: 4),
            TableColumn("marks", title: "KIND", minimum: 8, ideal: 13, dispensability: 3),
            TableColumn("endpoints", title: "ON IT", minimum: 6, alignment: .trailing),
            TableColumn("receive", title: "NET IN", minimum: 7, alignment: .trailing, dispensability: 2),
            TableColumn("send", title: "NET OUT", minimum: 8, alignment: .trailing, dispensability: 2),
            TableColumn("created", title: "CREATED", minimum: 14, alignment: .trailing, dispensability: 6),
        ]
    }

    static func draw(_ state: DashboardState, in whole: Rect, _ frame: inout Frame, _ look: Look) {
        let parts = ResourcePane.parts(whole)
        let list = state.networks
        let title = ResourcePane.Title(
            text: "Networks", noun: "network", nothing: ["no network", "c makes one"])
        ResourcePane.drawTable(
            list, title, columns(list.rows),
            ResourcePane.Targets(pane: .networks, row: { $0.rawValue }), state,
            in: parts.table, &frame, look
        ) { row($0, state, look) }
        ResourcePane.drawDetails(
            "Network", list.selected?.name ?? "", lines(state, look), scroll: list.detailScroll, in: parts.details,
            &frame, look)
    }

    private static func subnets(_ network: Network) -> String {
        network.spec.subnets.map { "\($0.prefix)" }.joined(separator: " ")
    }

    private static func row(_ network: Network, _ state: DashboardState, _ look: Look) -> TableRow {
        let rates = network.endpoints.compactMap { NetworkText.rate(of: $0, state) }
        func rate(_ value: Double) -> TableRow.Content {
            rates.isEmpty ? .text("", look[.faint]) : .text(Format.rate(value), look[value >= 0.5 ? .text : .faint])
        }
        let gateways = network.spec.subnets.compactMap(\.gateway).map { "\($0)" }.joined(separator: " ")
        return TableRow(
            [
                "name": .text(network.name, look[network.isPredefined ? .muted : .text]),
                "driver": .text(network.spec.driver, look[.muted]),
                "subnet": .text(subnets(network), look[.text]),
                "gateway": .text(gateways, look[.muted]),
                "marks": .text(network.kind.joined(separator: " "), look[network.spec.isInternal ? .warning : .info]),
                "endpoints": .text(network.members == 0 ? "" : "\(network.members)", look[.secondary]),
                "receive": rate(rates.reduce(0) { $0 + $1.receiveRate }),
                "send": rate(rates.reduce(0) { $0 + $1.sendRate }),
                "created": .text(
                    network.isPredefined ? "" : ResourcePane.ago(network.createdAt, state.now), look[.muted]),
            ], isMarked: state.networks.marks.contains(network.id))
    }

    /// All about the selected network; `look` may be left out where only the length counts.
    static func lines(
        _ state: DashboardState, _ look: Look = Look(theme: .plain, glyphs: .ascii)
    ) -> [[Span]] {
        guard let network = state.networks.selected else { return [] }
        var tree = TextTree(look: look)
        if network.endpoints.isEmpty {
            tree.plain("nobody is on it", look[.faint])
        } else {
            for endpoint in network.endpoints { NetworkText.member(endpoint, state, &tree) }
        }
        tree.blank()
        tree.pair("id", network.id.short)
        tree.pair("driver", network.spec.driver)
        if !network.bridge.isEmpty { tree.pair("bridge", network.bridge) }
        for subnet in network.spec.subnets {
            tree.pair("subnet", "\(subnet.prefix)" + (subnet.gateway.map { " by way of \($0)" } ?? ""))
            if let range = subnet.range { tree.pair("given out", "\(range)") }
            for (name, address) in subnet.reserved.sorted(by: { $0.key < $1.key }) {
                tree.pair("kept", "\(address) for \(name)")
            }
        }
        if network.spec.isInternal { tree.pair("internal", "no way out and none in") }
        if !network.isPredefined { tree.pair("created", network.createdAt.rfc3339) }
        func pairs(_ values: [String: String]) -> [String] { values.sorted { $0.key < $1.key }.map { "\($0)=\($1)" } }
        if !network.spec.labels.isEmpty { tree.list("labels", pairs(network.spec.labels)) }
        if !network.spec.options.isEmpty { tree.list("options", pairs(network.spec.options)) }
        return tree.lines
    }
}
