import Engine
import Terminal

/// What the chosen layer is, and what of the image is carried for nothing.
enum LayerSummary {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        guard !rect.isEmpty else { return }
        let layers = state.layers
        let inside = frame.pane(
            rect, title: [Span("\(words("Layer")) ", look[.title]), Span(number(layers), look[.muted])],
            isFocused: false,
            look: look
        ).inset(horizontal: 1, vertical: 0)
        let lines = lines(state, width: inside.width, look)
        let first = ScrollMath.clamp(layers.summaryScroll, height: inside.height, count: lines.count)
        for (index, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
            frame.canvas.put(
                line, at: Point(x: inside.x, y: inside.y + index), maxWidth: inside.width,
                ellipsis: look.glyphs.ellipsis)
        }
        if lines.count > inside.height {
            Scrollbar(offset: first, visible: inside.height, count: lines.count).draw(
                on: &frame.canvas, in: Rect(x: inside.right + 1, y: inside.y, width: 1, height: inside.height),
                look: look)
        }
    }

    private static func number(_ layers: LayersState) -> String {
        layers.layers.isEmpty ? "" : words("\(layers.layer + 1) of \(layers.layers.count)")
    }

    /// Of the most wasteful paths so many are told.
    private static let most = 50

    /// `look` may be left out where only the length counts.
    static func lines(
        _ state: DashboardState, width: Int, _ look: Look = Look(theme: .plain, glyphs: .ascii)
    ) -> [[Span]] {
        let layers = state.layers
        guard let loaded = layers.loaded, layers.layers.indices.contains(layers.layer) else { return [] }
        let layer = layers.layers[layers.layer]
        var lines: [[Span]] = []
        func pair(_ key: String, _ value: String, _ style: Style) {
            lines.append([Span("\(key): ", look[.secondary]), Span(value, style)])
        }
        let text = SafeText.string(Instruction.short(layer.createdBy))
        if !text.isEmpty {
            lines += FooterBar.wrap(text, width: max(10, width), limit: 3).map { [Span($0, look[.text])] }
        }
        if let place = layers.linePlaces[layer.diffID] { pair(words("made by"), place, look[.text]) }
        pair(words("names"), "\(layer.files.count)", look[.text])
        pair(words("diff id"), layer.diffID, look[.muted])
        pair(words("digest"), layer.digest, look[.muted])
        lines.append([])
        func bytes(_ count: Int64) -> String { Format.decimalBytes(Double(count)) }
        pair(words("image"), words("\(bytes(loaded.total)) in \(Format.count(loaded.names, "name"))"), look[.text])
        let isWasteful = loaded.efficiency < 0.9
        pair(words("wasted"), bytes(loaded.wasted), look[isWasteful ? .warning : .text])
        pair(words("efficiency"), Format.percent(loaded.efficiency * 100), look[isWasteful ? .warning : .ok])
        for waste in loaded.layers.waste.prefix(most) where waste.bytes > 0 {
            let size = bytes(waste.bytes)
            lines.append([
                Span(String(repeating: " ", count: max(0, 7 - size.utf8.count)) + size, look[.text]),
                Span(" \(waste.count)x ", look[.faint]), Span(waste.path, look[.muted]),
            ])
        }
        return lines
    }
}
