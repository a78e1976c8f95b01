import Engine
import Terminal

/// The graphs: the selected container at the left, the host beside it, the same figures in the same row.
enum GraphsPane {
    private static let lowestPanel = 4

    /// Which panels stand where; also decides which figures are asked for.
    static func places(_ state: DashboardState, in rect: Rect) -> [(panel: GraphPanel, rect: Rect)] {
        let inside = rect.inset(horizontal: 2, vertical: 1)
        let host = GraphPanel.all(state, .host)
        let own = state.selected.map { GraphPanel.all(state, .container($0.id)) }
        let isWide = inside.width >= 44
        let columns = isWide ? [own, host].compactMap { $0 } : [(own ?? []) + host]
        let room = isWide ? inside.splitTop(1).rest : inside
        let count = columns.map(\.count).max() ?? 0
        let shown = max(1, min(count, (room.height + 1) / (lowestPanel + 1)))
        let first = ScrollMath.clamp(state.graphs.scroll, height: shown, count: count)
        let spacing = room.height >= shown * 6 ? 1 : 0
        let rows = room.rows([Rect.Share](repeating: .flexible(), count: shown), spacing: spacing)
        let parts = room.columns([Rect.Share](repeating: .flexible(), count: columns.count), spacing: 3)
        var places: [(panel: GraphPanel, rect: Rect)] = []
        for (column, part) in zip(columns, parts) {
            for (panel, row) in zip(column.dropFirst(first), rows) {
                places.append((panel, Rect(x: part.x, y: row.y, width: part.width, height: row.height)))
            }
        }
        return places
    }

    static func queries(_ state: DashboardState, in rect: Rect) -> [HistoryQuery] {
        places(state, in: rect).flatMap { place in
            place.panel.queries(span: state.graphs.span, points: max(1, place.rect.width * 2))
        }
    }

    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let graphs = state.graphs
        let inside = frame.pane(
            rect, title: [Span("Graphs ", look[.title]), Span(graphs.span.title, look[.secondary])],
            trailing: [Span(graphs.scale.title, look[.faint])], isFocused: state.focus == .graphs, look: look)
        guard inside.width > 4, inside.height > 1 else { return }
        let places = places(state, in: rect)
        drawHeadings(state, places, inside, &frame, look)
        guard graphs.series.values.contains(where: { $0.contains { $0 != nil } }) else {
            frame.emptiness(["the first figures come in a moment"], in: inside, seed: 13, now: state.now, look: look)
            return
        }
        for place in places { draw(place.panel, state, in: place.rect, &frame, look) }
    }

    private static func drawHeadings(
        _ state: DashboardState, _ places: [(panel: GraphPanel, rect: Rect)], _ inside: Rect, _ frame: inout Frame,
        _ look: Look
    ) {
        guard inside.width - 2 >= 44 else { return }
        var seen: Set<Int> = []
        for place in places where seen.insert(place.rect.x).inserted {
            let isHost = place.panel.subject == .host
            let name = isHost ? state.host.hostname : state.selected?.name ?? ""
            frame.canvas.put(
                [Span(name, look[isHost ? .secondary : .accent]), Span(isHost ? " host" : "", look[.faint])],
                at: Point(x: place.rect.x, y: inside.y), maxWidth: place.rect.width)
        }
    }

    private static func draw(
        _ panel: GraphPanel, _ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look
    ) {
        guard rect.height > 0, rect.width > 4 else { return }
        let queries = panel.queries(span: state.graphs.span, points: max(1, rect.width * 2))
        let series = queries.map { state.graphs.series[$0] ?? [] }
        let top = top(panel, state, series.joined())
        drawTitle(panel, series, top, rect.row(0), &frame, look)
        var area = rect.splitTop(1).rest
        guard !area.isEmpty else { return }
        if panel.metrics.contains(.receive) { drawInterfaces(panel, state, in: &area, &frame, look) }
        let kind = ContainersPane.graphKind(state, look)
        let gradient = look.theme[panel.gradient]
        let parts =
            series.count == 2 && area.height >= 2
            ? area.rows([.flexible(weight: 1), .flexible(weight: 1)]) : [area]
        for (index, part) in parts.enumerated() where index < series.count {
            let values = kind == .braille ? series[index] : paired(series[index])
            var graph = Graph(values, kind: kind, scale: .fixed(top), gradient: gradient, hangs: index == 1)
            if gradient.stops.isEmpty { graph.gradient = Gradient([look[.text].foreground]) }
            graph.draw(on: &frame.canvas, in: part)
        }
        if series.allSatisfy({ $0.allSatisfy { $0 == nil } }) {
            let place = Point(x: area.x, y: area.bottom - 1)
            frame.canvas.put("no figures", at: place, style: look[.faint], maxWidth: area.width)
        }
    }

    /// The newest figures at the left, the scale's top at the right.
    private static func drawTitle(
        _ panel: GraphPanel, _ series: [[Double?]], _ top: Double, _ row: Rect, _ frame: inout Frame, _ look: Look
    ) {
        var spans = [Span(panel.title, look[.header]), Span(" ", look[.text])]
        for (index, values) in series.enumerated() {
            var sign = index < panel.signs.count ? panel.signs[index] : ""
            if sign == "<" { sign = look.glyphs.isASCII ? "in " : "\(look.glyphs.down)" }
            if sign == ">" { sign = look.glyphs.isASCII ? "out " : "\(look.glyphs.up)" }
            // The newest point may lie between two rounds; the one before it is then the newest known.
            let newest = values.suffix(4).last { $0 != nil } ?? nil
            spans.append(Span(sign, look[.faint]))
            let isLast = index == series.count - 1
            spans.append(Span((newest.map(panel.unit.text) ?? "-") + (isLast ? "" : " "), look[.text]))
        }
        let label = panel.unit.text(top)
        let width = SafeText.width(label)
        if panel.metrics.contains(.receive) {
            let newest = series.compactMap { $0.suffix(4).last { $0 != nil } ?? nil }
            let sum = [Span(" = ", look[.faint]), Span(panel.unit.text(newest.reduce(0, +)), look[.text])]
            let room = row.width - width - 1
            if newest.count == 2, (spans + sum).reduce(0, { $0 + $1.width }) <= room { spans += sum }
        }
        let used = frame.canvas.put(spans, at: row.origin, maxWidth: row.width)
        if used + width + 1 <= row.width {
            frame.canvas.put(label, at: Point(x: row.right - width, y: row.y), style: look[.axis])
        }
    }

    /// Of a container with several interfaces, what passes through each, in a row above the graph of their sum.
    private static func drawInterfaces(
        _ panel: GraphPanel, _ state: DashboardState, in area: inout Rect, _ frame: inout Frame, _ look: Look
    ) {
        guard case .container(let id) = panel.subject, area.height >= 3, let usage = state.usage[id],
            usage.interfaces.count > 1
        else { return }
        let endpoints = state.list.byID[id]?.endpoints ?? []
        let parts = area.row(0).columns(usage.interfaces.map { _ in Rect.Share.flexible() }, spacing: 2)
        func texts(_ name: (Usage.InterfaceRate) -> String) -> [[Span]] {
            usage.interfaces.map { [Span("\(name($0)) ", look[.muted])] + NetworkText.rates($0, look) }
        }
        // A network's name says more than its interface's; figures that are cut off say nothing.
        let forms = [
            texts { interface in
                endpoints.first { $0.interface == interface.name }?.networkName ?? interface.name
            }, texts(\.name),
        ]
        let fitting = forms.first { form in
            zip(form, parts).allSatisfy { spans, part in spans.reduce(0) { $0 + $1.width } <= part.width }
        }
        guard let fitting else { return }
        for (spans, part) in zip(fitting, parts) { frame.canvas.put(spans, at: part.origin, maxWidth: part.width) }
        area = area.splitTop(1).rest
    }

    /// The value at the upper edge.
    private static func top(_ panel: GraphPanel, _ state: DashboardState, _ values: some Sequence<Double?>) -> Double {
        let limit = panel.limit.flatMap { $0 > 0 ? $0 : nil }
        if state.graphs.scale == .limit, let limit { return limit }
        let scale: GraphScale =
            switch panel.unit {
            case .percent: .automatic(minimum: 10)
            case .bytes: .automatic(minimum: 1_048_576, binary: true)
            case .bytesPerSecond: .automatic(minimum: 1000)
            case .count: .automatic(minimum: 5)
            }
        let round = scale.top(for: values)
        // Room above a limit that nothing passes would stay empty for ever.
        guard let limit, round > limit, values.allSatisfy({ ($0 ?? 0) <= limit }) else { return round }
        return limit
    }

    /// Two points a cell become one: the higher, so that a peak stays.
    private static func paired(_ values: [Double?]) -> [Double?] {
        stride(from: values.count % 2, to: values.count - 1, by: 2).map { index in
            guard let first = values[index] else { return values[index + 1] }
            guard let second = values[index + 1] else { return first }
            return max(first, second)
        }
    }
}
