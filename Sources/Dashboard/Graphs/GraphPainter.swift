import Engine
import Terminal

/// Draws one graph with its title, its legend and what lies over it.
struct GraphPainter {
    let state: DashboardState
    let place: GraphPlace
    let look: Look
    private let reading: GraphReading
    private let kind: GraphKind
    private let top: Double

    init(_ state: DashboardState, _ place: GraphPlace, _ look: Look) {
        self.state = state
        self.place = place
        self.look = look
        reading = GraphReading(state.graphs, place)
        kind = ContainersPane.graphKind(state, look)
        top = reading.top
    }

    private var panel: GraphPanel { place.panel }
    private var isAlone: Bool { state.graphs.zoomed == panel.key }

    func draw(_ frame: inout Frame) {
        guard place.rect.height > 0, place.rect.width > 4 else { return }
        drawTitle(&frame)
        guard !place.area.isEmpty else { return }
        if case .note(let text) = panel.form {
            frame.canvas.put(text, at: place.area.origin, style: look[.faint], maxWidth: place.area.width)
            return
        }
        if panel.key == "network" { drawInterfaces(&frame) }
        drawGraph(&frame)
        if reading.isEmpty {
            let point = Point(x: place.area.x, y: place.area.bottom - 1)
            frame.canvas.put(words("no figures"), at: point, style: look[.faint], maxWidth: place.area.width)
        }
        if let legend = place.legend { isAlone ? drawSummary(legend, &frame) : drawLegend(legend, &frame) }
        if let axis = place.axis { drawAxis(axis, &frame) }
    }

    // MARK: The graph

    private func drawGraph(_ frame: inout Frame) {
        let area = place.area
        let gradient = gradient
        switch panel.form {
        case .area:
            draw(reading.layers.first ?? [], gradient, hangs: false, in: area, &frame)
            drawLimit(area, &frame)
        case .mirrored:
            let parts = area.height >= 2 ? area.rows([.flexible(), .flexible()]) : [area]
            for (index, part) in parts.enumerated() where index < panel.layers.count {
                draw(reading.layers[index], gradient, hangs: index == 1, in: part, &frame)
            }
        case .stack:
            GraphStack(layers, kind: kind, top: top).draw(on: &frame.canvas, in: area)
            drawLimit(area, &frame)
            drawMarks(area, &frame)
        case .lines: GraphLines(layers, kind: kind, top: top).draw(on: &frame.canvas, in: area)
        case .cores: drawCores(gradient, &frame)
        case .note: return
        }
        guard let cursor = state.graphs.reading, let column = reading.column(of: cursor) else { return }
        for room in panel.form == .cores ? place.cores : [area] {
            GraphRule.cursor(at: column, look, on: &frame.canvas, in: room)
        }
    }

    private var gradient: Gradient {
        let gradient = look.theme[panel.gradient]
        return gradient.stops.isEmpty ? Gradient([look[.text].foreground]) : gradient
    }

    private var layers: [GraphLayer] {
        zip(reading.layers, panel.layers).map { GraphLayer(fitted($0), color($1)) }
    }

    private func color(_ layer: GraphPanel.Layer) -> Color {
        layer.color >= HostRanking.size && panel.hasLegend ? look[.muted].foreground : look.theme.series(layer.color)
    }

    private func draw(_ values: [Double?], _ gradient: Gradient, hangs: Bool, in rect: Rect, _ frame: inout Frame) {
        Graph(fitted(values), kind: kind, scale: .fixed(top), gradient: gradient, hangs: hangs)
            .draw(on: &frame.canvas, in: rect)
    }

    /// There are two points a cell; where a cell shows one, the higher stays.
    private func fitted(_ values: [Double?]) -> [Double?] {
        if kind == .braille { return values }
        return stride(from: values.count % 2, to: values.count - 1, by: 2).map { index in
            guard let first = values[index] else { return values[index + 1] }
            guard let second = values[index + 1] else { return first }
            return max(first, second)
        }
    }

    /// The limit as a line, also where it was another one.
    private func drawLimit(_ area: Rect, _ frame: inout Frame) {
        var values = panel.limitSource.map(reading.values) ?? []
        if panel.limitSource == nil, let limit = panel.limit { values = Array(repeating: limit, count: place.points) }
        // At the upper edge of an area it would say nothing new.
        if panel.form == .area, panel.limit == top { return }
        guard area.height >= 2, values.contains(where: { ($0 ?? 0) > 0 }) else { return }
        GraphRule.level(
            fitted(values.map { $0 == 0 ? nil : $0 }), top: top, kind: kind, style: look[.warning], on: &frame.canvas,
            in: area)
    }

    /// Where the OOM killer ran.
    private func drawMarks(_ area: Rect, _ frame: inout Frame) {
        guard let source = panel.marks else { return }
        for (index, value) in reading.values(source).enumerated() where (value ?? 0) > 0 && index / 2 < area.width {
            for row in 0..<min(2, area.height) {
                let point = Point(x: area.x + index / 2, y: area.y + row)
                frame.canvas.set(row == 0 ? "!" : look.glyphs.vertical, at: point, style: look[.error])
            }
        }
    }

    private func drawCores(_ gradient: Gradient, _ frame: inout Frame) {
        for (index, room) in place.cores.enumerated() where index < panel.layers.count {
            draw(reading.layers[index], gradient, hangs: false, in: room, &frame)
            let layer = panel.layers[index]
            let value = reading.reading(layer).map { Format.percent($0) } ?? "-"
            let label = Point(x: room.x - GraphPlace.coreLabel, y: room.bottom - 1)
            let taken = frame.canvas.put(layer.name, at: label, style: look[.muted])
            let gap = max(1, GraphPlace.coreLabel - 1 - taken - value.utf8.count)
            frame.canvas.put(value, at: Point(x: label.x + taken + gap, y: label.y), style: look[.text])
        }
        let hidden = panel.layers.count - place.cores.count
        if hidden > 0 {
            let text = words("and \(Format.count(hidden, "core")) more")
            frame.canvas.put(
                text, at: Point(x: place.rect.right - SafeText.width(text), y: place.rect.y), style: look[.faint])
        }
    }

    // MARK: Words

    private func text(_ value: Double?) -> String { value.map(panel.unit.text) ?? "-" }

    private func sign(_ name: String) -> String {
        switch name {
        case "<": look.glyphs.isASCII ? "\(words("in")) " : "\(look.glyphs.down)"
        case ">": look.glyphs.isASCII ? "\(words("out")) " : "\(look.glyphs.up)"
        default: name
        }
    }

    /// The figures at the left, the scale's top at the right.
    private func drawTitle(_ frame: inout Frame) {
        let row = place.rect.row(0)
        let isChosen = state.focus == .graphs && state.graphs.chosen == panel.key && !isAlone
        let isRead = state.graphs.reading != nil
        let figure = look[isRead ? .accent : .text]
        let hasScale = !isNote && panel.form != .cores && !(isAlone && place.axis != nil)
        let room = hasScale ? row.width - SafeText.width(text(top)) - 1 : row.width
        var spans: [Span] = []
        if isChosen { spans.append(Span("\(look.glyphs.pointer)", look[.accent])) }
        // Of a name that leaves its figure no room the last word is kept.
        let isTight = SafeText.width(panel.title) + 7 > row.width
        let name = isTight ? panel.title.split(separator: " ").last.map(String.init) ?? panel.title : panel.title
        spans += [Span(name, look[isChosen ? .accent : .header]), Span(" ", look[.text])]
        func width(_ more: [Span]) -> Int { (spans + more).reduce(0) { $0 + $1.width } }
        func add(_ more: [Span]) { if width(more) <= room { spans += more } }
        if let headline = panel.headline { spans.append(Span(text(reading.reading(headline)), figure)) }
        if panel.form == .mirrored || panel.form == .area {
            for (index, layer) in panel.layers.enumerated() {
                // They matter more than where the scale ends.
                spans.append(Span((index > 0 ? " " : "") + sign(layer.name), look[.faint]))
                spans.append(Span(text(reading.reading(layer)), figure))
            }
        } else if panel.form == .stack, !panel.hasLegend {
            for layer in panel.layers.reversed() {
                guard let value = reading.reading(layer), value > 0 || panel.headline == nil else { continue }
                let long = [Span(" " + layer.name + " ", look[.faint]), Span(text(value), Style(color(layer)))]
                if panel.headline == nil, width(long) > room {
                    // Without its name it may still find room.
                    let gap = spans.last?.text.hasSuffix(" ") == true ? "" : " "
                    let short = [Span(gap + text(value), Style(color(layer)))]
                    if width(short) <= row.width { spans += short }
                    continue
                }
                add(long)
            }
        }
        if panel.key.hasSuffix("network") {
            let both = panel.layers.compactMap(reading.reading)
            if both.count == 2 { add([Span(" = ", look[.faint]), Span(text(both.reduce(0, +)), figure)]) }
        }
        frame.canvas.put(spans, at: row.origin, maxWidth: row.width)
        guard hasScale else { return }
        let label = text(top)
        let used = spans.reduce(0) { $0 + $1.width }
        if used + SafeText.width(label) + 1 <= row.width {
            frame.canvas.put(label, at: Point(x: row.right - SafeText.width(label), y: row.y), style: look[.axis])
        }
    }

    private var isNote: Bool {
        if case .note = panel.form { return true }
        return false
    }

    /// Names and figures beside the graph, the largest first.
    private func drawLegend(_ rect: Rect, _ frame: inout Frame) {
        let all = panel.layers.map { ($0, reading.reading($0)) }
        let sorted =
            all.filter { $0.0.color < HostRanking.size }.sorted { ($1.1 ?? -1) < ($0.1 ?? -1) }
            + all.filter { $0.0.color >= HostRanking.size }
        for (row, (layer, value)) in sorted.prefix(rect.height).enumerated() {
            let line = rect.row(row)
            let figure = text(value)
            let width = SafeText.width(figure)
            frame.canvas.put(
                [Span(marker(layer), Style(color(layer))), Span(" " + layer.name, look[.text])], at: line.origin,
                maxWidth: max(3, line.width - width - 1))
            frame.canvas.put(
                figure, at: Point(x: line.right - width, y: line.y),
                style: look[state.graphs.reading == nil ? .muted : .accent], maxWidth: width)
        }
    }

    private func marker(_ layer: GraphPanel.Layer) -> String {
        guard look.glyphs.isASCII || kind == .ascii else { return "■" }
        let index = panel.layers.firstIndex(of: layer) ?? 0
        return panel.form == .lines ? "\(GraphLines.letter(index))" : "#"
    }

    /// Below a graph that is alone: each layer's figure at the time, its mean and its highest over the span.
    private func drawSummary(_ rect: Rect, _ frame: inout Frame) {
        for (row, layer) in panel.layers.prefix(rect.height).enumerated() {
            let line = rect.row(row)
            let name = sign(layer.name).isEmpty ? panel.title : sign(layer.name)
            let isPainted = panel.form == .stack || panel.form == .lines
            var spans = [
                Span(isPainted ? marker(layer) + " " : "  ", Style(color(layer))),
                Span(padded(name, 22), look[.text]),
                Span(state.graphs.reading == nil ? "\(words("now")) " : "\(words("then")) ", look[.faint]),
                Span(padded(text(reading.reading(layer)), 12), look[state.graphs.reading == nil ? .text : .accent]),
            ]
            if let (highest, mean) = reading.summary(layer) {
                spans += [
                    Span("\(words("mean")) ", look[.faint]), Span(padded(text(mean), 12), look[.muted]),
                    Span("\(words("highest")) ", look[.faint]), Span(text(highest), look[.muted]),
                ]
            }
            frame.canvas.put(spans, at: line.origin, maxWidth: line.width)
        }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - SafeText.width(text)))
    }

    private func drawAxis(_ rect: Rect, _ frame: inout Frame) {
        guard rect.height >= 2 else { return }
        let hangs = panel.form == .mirrored
        var marks: [(row: Int, value: Double)] = [(0, top), (rect.height - 1, hangs ? top : 0)]
        if rect.height >= 5 { marks.append((rect.height / 2, hangs ? 0 : top / 2)) }
        for mark in marks {
            let label = text(mark.value)
            let x = rect.right - 1 - SafeText.width(label)
            frame.canvas.put(label, at: Point(x: max(rect.x, x), y: rect.y + mark.row), style: look[.axis])
        }
    }

    /// Of a container with several interfaces, what passes through each, in a row above the graph of their sum.
    private func drawInterfaces(_ frame: inout Frame) {
        guard case .container(let id) = panel.layers.first?.source.subject, place.area.y > place.rect.y + 1,
            let usage = state.usage[id], usage.interfaces.count > 1, state.graphs.reading == nil
        else { return }
        let endpoints = state.list.byID[id]?.endpoints ?? []
        let row = place.rect.row(1)
        let parts = row.columns(usage.interfaces.map { _ in Rect.Share.flexible() }, spacing: 2)
        func texts(_ name: (Usage.InterfaceRate) -> String) -> [[Span]] {
            usage.interfaces.map { [Span("\(name($0)) ", look[.muted])] + NetworkText.rates($0, look) }
        }
        // A network's name says more than its interface's; figures that are cut off say nothing.
        let forms = [
            texts { interface in endpoints.first { $0.interface == interface.name }?.networkName ?? interface.name },
            texts(\.name),
        ]
        let fitting = forms.first { form in
            zip(form, parts).allSatisfy { spans, part in spans.reduce(0) { $0 + $1.width } <= part.width }
        }
        for (spans, part) in zip(fitting ?? [], parts) {
            frame.canvas.put(spans, at: part.origin, maxWidth: part.width)
        }
    }
}
