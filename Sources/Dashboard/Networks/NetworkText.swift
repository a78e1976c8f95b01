import Engine
import Terminal

/// A container's place on a network in words, as its own details and the network's tell it.
enum NetworkText {
    /// What passes through an interface now; `nil` where nobody measures it.
    static func rate(of endpoint: NetworkEndpoint, _ state: DashboardState) -> Usage.InterfaceRate? {
        state.usage[endpoint.containerID]?.interfaces.first { $0.name == endpoint.interface }
    }

    /// `↓12k/s ↑3k/s`.
    static func rates(_ rate: Usage.InterfaceRate, _ look: Look) -> [Span] {
        let isASCII = look.glyphs.isASCII
        return [
            Span(isASCII ? "\(words("in")) " : "\(look.glyphs.down)", look[.faint]),
            Span("\(Format.rate(rate.receiveRate))/s ", look[.text]),
            Span(isASCII ? "\(words("out")) " : "\(look.glyphs.up)", look[.faint]),
            Span("\(Format.rate(rate.sendRate))/s", look[.text]),
        ]
    }

    /// The container's name, its interface's figures, and below them its addresses.
    static func member(_ endpoint: NetworkEndpoint, _ state: DashboardState, _ tree: inout TextTree) {
        let look = tree.look
        let container = state.list.byID[endpoint.containerID]
        var heading = [
            Span("\(container.map { ContainersPane.glyph($0.state, look) } ?? look.glyphs.dot) ", look[.running]),
            Span(endpoint.containerName, look[.accent]), Span(" \(endpoint.interface) ", look[.muted]),
        ]
        if let rate = rate(of: endpoint, state) { heading += rates(rate, look) }
        tree.line(heading)
        tree.indented { tree in
            addresses(endpoint, &tree)
            if !endpoint.aliases.isEmpty { tree.pair(words("also"), endpoint.aliases.joined(separator: ", ")) }
            let ports = container?.portTexts(arrow: arrow(look)) ?? []
            if ports.count > 2 { tree.list(words("ports"), ports) }
            if (1...2).contains(ports.count) { tree.pair(words("ports"), ports.joined(separator: ", ")) }
        }
    }

    static func addresses(_ endpoint: NetworkEndpoint, _ tree: inout TextTree) {
        for address in [endpoint.ipv4, endpoint.ipv6].compactMap({ $0 }) {
            tree.pair(address.address.isIPv4 ? words("ipv4") : words("ipv6"), "\(address)")
        }
        tree.pair(words("mac"), "\(endpoint.macAddress)")
    }

    /// What an interface has carried since it was made, and what got lost.
    private static func totals(_ rate: Usage.InterfaceRate, _ tree: inout TextTree) {
        let (received, sent) = (Double(rate.receivedTotal), Double(rate.sentTotal))
        tree.pair(words("so far"), words("\(Format.decimalBytes(received)) in, \(Format.decimalBytes(sent)) out"))
        if rate.drops > 0 { tree.pair(words("dropped"), Format.count(Int(clamping: rate.drops), "packet")) }
        if rate.errors > 0 { tree.pair(words("broken"), Format.count(Int(clamping: rate.errors), "packet")) }
    }

    static func arrow(_ look: Look) -> String { look.glyphs.isASCII ? "->" : "→" }

    /// All about a container's networks: the tab of its details.
    static func lines(_ details: ContainerDetails, _ state: DashboardState, _ look: Look) -> [[Span]] {
        let container = state.selected ?? details.container
        var tree = TextTree(look: look)
        tree.pair(words("network"), container.networkMode.rawValue)
        let interfaces = container.state.isAlive ? state.usage[container.id]?.interfaces ?? [] : []
        for endpoint in container.endpoints {
            let rate = interfaces.first { $0.name == endpoint.interface }
            tree.line(
                [Span(endpoint.networkName, look[.accent]), Span(" \(endpoint.interface) ", look[.muted])]
                    + (rate.map { rates($0, look) } ?? []))
            tree.indented { tree in
                addresses(endpoint, &tree)
                for gateway in [endpoint.gateway4, endpoint.gateway6].compactMap({ $0 }) {
                    tree.pair(words("gateway"), "\(gateway)")
                }
                if !endpoint.aliases.isEmpty { tree.list(words("also known as"), endpoint.aliases) }
                tree.pair(words("on the host"), endpoint.hostInterface)
                if let rate { totals(rate, &tree) }
            }
        }
        let known = Set(container.endpoints.map(\.interface))
        for other in interfaces where !known.contains(other.name) {
            tree.line([Span("\(other.name) ", look[.secondary])] + rates(other, look))
            tree.indented { totals(other, &$0) }
        }
        tree.list(words("published ports"), container.portTexts(arrow: " \(arrow(look)) "))
        tree.list(words("exposed ports"), container.exposedPorts.sorted().map(\.description))
        if let options = details.spec.network {
            if !options.dns.isEmpty { tree.list(words("name servers"), options.dns.map { "\($0)" }) }
            if !options.dnsSearch.isEmpty { tree.list(words("search domains"), options.dnsSearch) }
            if !options.extraHosts.isEmpty { tree.list(words("extra hosts"), options.extraHosts) }
        }
        return tree.lines
    }
}
