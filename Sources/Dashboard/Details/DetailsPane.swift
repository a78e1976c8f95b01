import Engine
import Terminal

/// What is known about the selected container, in tabs.
enum DetailsPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let name = state.selected?.name ?? "no container"
        let inside = frame.pane(
            rect, title: [Span("Details ", look[.title]), Span(name, look[.secondary])],
            isFocused: state.focus == .details, look: look)
        guard state.selected != nil else {
            frame.emptiness(["no container is selected"], in: inside, seed: 5, now: state.now, look: look)
            return
        }
        let parts = inside.splitTop(1)
        let tabs = DetailsState.Tab.allCases
        let places = Tabs(tabs.map(\.title), selected: tabs.firstIndex(of: state.details.tab) ?? 0)
            .draw(on: &frame.canvas, in: parts.top.inset(horizontal: 1, vertical: 0), look: look)
        for (tab, place) in zip(tabs, places) { frame.hit(place, .spot(.details, .tab(tab.rawValue))) }
        let room = parts.rest.splitTop(1).rest
        let lines = Self.lines(state, look: look)
        let scroll = ScrollMath.clamp(state.details.scroll, height: room.height, count: lines.count)
        let needsBar = lines.count > room.height
        let text = Rect(x: room.x + 1, y: room.y, width: room.width - 2, height: room.height)
        frame.canvas.clipped(to: text) { canvas in
            for (index, line) in lines.dropFirst(scroll).prefix(text.height).enumerated() {
                canvas.put(line, at: Point(x: text.x - state.details.column, y: text.y + index))
            }
        }
        if needsBar {
            Scrollbar(offset: scroll, visible: room.height, count: lines.count).draw(
                on: &frame.canvas, in: Rect(x: inside.right, y: room.y, width: 1, height: room.height), look: look)
        }
    }

    /// The text of the chosen tab; `look` may be left out where only its length counts.
    static func lines(
        _ state: DashboardState, look: Look = Look(theme: .plain, glyphs: .ascii)
    ) -> [[Span]] {
        guard let container = state.selected else { return [] }
        switch state.details.tab {
        case .processes: return processes(state, container, look)
        case .inspect, .environment, .mounts, .network: break
        }
        switch state.details.inspect {
        case nil: return [[Span("loading", look[.faint])]]
        case .failure(let error): return [[Span("\(error)", look[.error])]]
        case .success(let details):
            switch state.details.tab {
            case .inspect: return InspectText.lines(details, now: state.now, look: look)
            case .environment: return environment(details, look)
            case .network: return NetworkText.lines(details, state, look)
            default: return mounts(details, look)
            }
        }
    }

    private static func environment(_ details: ContainerDetails, _ look: Look) -> [[Span]] {
        guard !details.environment.isEmpty else { return [[Span("nothing is set", look[.faint])]] }
        let pairs = details.environment.map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false) }
        let width = min(32, pairs.map { SafeText.width(String($0.first ?? "")) }.max() ?? 0)
        return pairs.map { pair in
            let key = String(pair.first ?? "")
            let gap = String(repeating: " ", count: max(1, width - SafeText.width(key) + 2))
            return [Span(key, look[.secondary]), Span(gap), Span(pair.count > 1 ? String(pair[1]) : "", look[.text])]
        }
    }

    private static func mounts(_ details: ContainerDetails, _ look: Look) -> [[Span]] {
        let mounts = details.container.mounts
        guard !mounts.isEmpty else { return [[Span("nothing is mounted", look[.faint])]] }
        var tree = TextTree(look: look)
        for mount in mounts {
            tree.group(mount.target) { tree in
                switch mount.source {
                case .bind(let path, _):
                    tree.pair("bind", path)
                    tree.pair("propagation", mount.propagation.rawValue)
                case .volume(let volume): tree.pair("volume", volume.name ?? "anonymous")
                case .tmpfs(let size, let mode):
                    tree.pair("tmpfs", size.map { Format.bytes(Double($0)) } ?? "half of the memory")
                    if let mode { tree.pair("mode", String(mode, radix: 8)) }
                }
                tree.pair("access", mount.readOnly ? "read-only" : "read-write")
            }
        }
        return tree.lines
    }

    private static func processes(_ state: DashboardState, _ container: Container, _ look: Look) -> [[Span]] {
        guard container.state.isAlive else {
            return [[Span("it has no processes: \(Format.status(of: container.state, now: state.now))", look[.faint])]]
        }
        switch state.details.processes {
        case nil: return [[Span("loading", look[.faint])]]
        case .failure(let error): return [[Span("\(error)", look[.error])]]
        case .success(let table):
            let widths = table.titles.indices.map { index in
                min(
                    40,
                    ([table.titles[index]] + table.rows.map { index < $0.count ? $0[index] : "" })
                        .map { SafeText.width($0) }.max() ?? 0)
            }
            func line(_ cells: [String], _ style: Style) -> [Span] {
                cells.enumerated().map { index, cell in
                    let room = index < widths.count ? widths[index] : 0
                    let isLast = index == cells.count - 1
                    let gap = isLast ? "" : String(repeating: " ", count: max(0, room - SafeText.width(cell)) + 2)
                    return Span(SafeText.string(cell) + gap, style)
                }
            }
            return [line(table.titles, look[.header])] + table.rows.map { line($0, look[.text]) }
        }
    }
}
