import Engine
import Terminal

/// An image's layers or its history, and below them what the chosen layer is and what of the image is carried for nothing.
enum LayersPane {
    /// The list above; the summary below where there is room for both.
    static func parts(_ whole: Rect, rows: Int) -> (list: Rect, summary: Rect) {
        guard whole.height >= 15 else { return (whole, .zero) }
        let (top, rest) = whole.splitTop(max(7, min(whole.height / 2, rows + 4)))
        return (top, rest)
    }

    static func parts(_ state: DashboardState, _ whole: Rect) -> (list: Rect, summary: Rect) {
        parts(whole, rows: max(state.layers.layers.count, state.layers.steps.count))
    }

    static func draw(_ state: DashboardState, in whole: Rect, _ frame: inout Frame, _ look: Look) {
        let layers = state.layers
        let parts = parts(state, whole)
        let inside = frame.pane(
            parts.list, title: [Span("\(words("Image")) ", look[.title]), Span(layers.name, look[.secondary])],
            trailing: layers.loaded.map { [Span(score($0), look[.faint])] } ?? [], isFocused: state.focus == .layers,
            look: look)
        let (tabRow, room) = inside.splitTop(1)
        let tabs = LayersState.Tab.allCases
        let places = Tabs(tabs.map(\.title), selected: tabs.firstIndex(of: layers.tab) ?? 0)
            .draw(on: &frame.canvas, in: tabRow.inset(horizontal: 1, vertical: 0), look: look)
        for (tab, place) in zip(tabs, places) { frame.hit(place, .spot(.layers, .tab(tab.rawValue))) }
        if let phrases = emptyWords(layers) {
            frame.emptiness(phrases, in: room, seed: 17, now: state.now, look: look)
        } else if layers.tab == .layers {
            drawLayers(state, in: room, &frame, look)
        } else {
            drawHistory(state, in: room, &frame, look)
        }
        LayerSummary.draw(state, in: parts.summary, &frame, look)
    }

    /// `4.0MB, 98.1% of it seen`.
    private static func score(_ files: ImageFiles) -> String {
        words("\(Format.decimalBytes(Double(files.total))), \(Format.percent(files.efficiency * 100)) efficient")
    }

    private static func emptyWords(_ layers: LayersState) -> [String]? {
        switch layers.phase {
        case .failed(let error): return [words("the image cannot be looked into"), "\(error)"]
        case .idle, .loading: if layers.tab == .layers { return [words("reading all files of the image")] }
        case .loaded: if layers.tab == .layers, layers.layers.isEmpty { return [words("the image has no layer")] }
        }
        guard layers.tab == .history else { return nil }
        switch layers.history {
        case nil: return [words("reading the history")]
        case .failure(let error): return [words("the history cannot be read"), "\(error)"]
        case .success(let steps): return steps.isEmpty ? [words("the image tells no history")] : nil
        }
    }

    private static func drawLayers(_ state: DashboardState, in room: Rect, _ frame: inout Frame, _ look: Look) {
        let layers = state.layers
        let largest = Double(max(1, layers.loaded?.largest ?? 1))
        let places = layers.linePlaces
        let lines = LineColumn(Array(places.values))
        let table = Table(
            columns: [
                TableColumn("number", title: "#", minimum: 3, alignment: .trailing),
                TableColumn("size", title: words("SIZE"), minimum: 7, alignment: .trailing),
                TableColumn("bar", title: "", minimum: 5, ideal: 10, dispensability: 2),
                TableColumn("text", title: words("INSTRUCTION"), minimum: 12, flex: 1),
            ] + lines.columns, isFocused: state.focus == .layers)
        let window = ListWindow(
            count: layers.layers.count, selected: layers.layer, offset: layers.layerScroll,
            height: Table.visibleRows(in: room))
        let drawn = table.draw(on: &frame.canvas, in: room, look: look, window: window) { index in
            let layer = layers.layers[index]
            return TableRow([
                "number": .text("\(index + 1)", look[.muted]),
                "size": .text(Format.decimalBytes(Double(layer.size)), look[.text]),
                "bar": .meter(Meter(Double(layer.size) / largest, gradient: look.theme[.io])),
                "text": .text(Instruction.short(layer.createdBy), look[.muted]),
                "line": .text(lines.text(places[layer.diffID]), look[.faint]),
            ])
        }
        for line in 0..<drawn.body.height where window.offset + line < layers.layers.count {
            frame.hit(drawn.body.row(line), .spot(.layers, .place(window.offset + line)))
        }
    }

    private static func drawHistory(_ state: DashboardState, in room: Rect, _ frame: inout Frame, _ look: Look) {
        let layers = state.layers
        let steps = layers.steps
        let lines = LineColumn(steps.compactMap { Instruction.place($0.comment) })
        let table = Table(
            columns: [
                TableColumn("created", title: words("CREATED"), minimum: 14, alignment: .trailing, dispensability: 2),
                TableColumn("size", title: words("SIZE"), minimum: 7, alignment: .trailing),
                TableColumn("text", title: words("INSTRUCTION"), minimum: 24, flex: 1),
            ] + lines.columns, isFocused: state.focus == .layers)
        let window = ListWindow(
            count: steps.count, selected: layers.step, offset: layers.stepScroll, height: Table.visibleRows(in: room))
        let drawn = table.draw(on: &frame.canvas, in: room, look: look, window: window) { index in
            let step = steps[index]
            let hasLayer = step.layer != nil
            return TableRow([
                "created": .text(step.createdAt.map { ResourcePane.ago($0, state.now) } ?? "", look[.faint]),
                "size": .text(
                    hasLayer ? Format.decimalBytes(Double(step.size)) : "-", look[hasLayer ? .text : .faint]),
                "text": .text(Instruction.short(step.createdBy), look[hasLayer ? .text : .muted]),
                "line": .text(lines.text(Instruction.place(step.comment)), look[.faint]),
            ])
        }
        for line in 0..<drawn.body.height where window.offset + line < steps.count {
            frame.hit(drawn.body.row(line), .spot(.layers, .place(window.offset + line)))
        }
    }
}
