/// What is drawn over a graph: a level, such as a limit, and a place in time.
public enum GraphRule {
    /// A horizontal line at values that may change over time; it stays behind what is drawn already.
    ///
    /// - Parameters:
    ///   - values: oldest first, as many as the graph has; nil draws nothing.
    ///   - top: the value at the graph's upper edge; what lies above is not drawn.
    public static func level(
        _ values: [Double?], top: Double, kind: GraphKind, style: Style, on canvas: inout Canvas, in rect: Rect
    ) {
        guard !rect.isEmpty, top > 0 else { return }
        let per = kind.valuesPerCell
        let shown = GraphLayer(values, .default).shown(rect.width * per)
        let steps = rect.height * 4
        for x in 0..<rect.width {
            guard let value = shown[(x * per)..<((x + 1) * per)].last(where: { $0 != nil }) ?? nil,
                value.isFinite, value >= 0, value <= top * 1.0001
            else { continue }
            let height = min(steps - 1, max(0, Int((value / top * Double(steps)).rounded()) - 1))
            let point = Point(x: rect.x + x, y: rect.bottom - 1 - height / 4)
            guard canvas[point].base == " " else { continue }
            canvas.set(dash(kind, height % 4), at: point, style: style)
        }
    }

    private static func dash(_ kind: GraphKind, _ step: Int) -> Unicode.Scalar {
        switch kind {
        case .braille: GraphGlyphs.dots(0b11 << UInt8(step * 2))
        case .block: step == 0 ? "▁" : step == 3 ? "▔" : "─"
        case .ascii: step == 0 ? "_" : "-"
        }
    }

    /// A vertical line through a graph; what it shows stays readable.
    public static func cursor(at x: Int, _ look: Look, on canvas: inout Canvas, in rect: Rect) {
        guard x >= 0, x < rect.width else { return }
        let column = Rect(x: rect.x + x, y: rect.y, width: 1, height: rect.height)
        let ground = look[.selection].background
        for row in 0..<column.height {
            let cell = Rect(x: column.x, y: column.y + row, width: 1, height: 1)
            if canvas[cell.origin].base == " " {
                canvas.set(look.glyphs.vertical, at: cell.origin, style: look[.accent])
            }
            if ground == .default || ground == .inherit {
                canvas.restyle(cell) { $0 = $0.with(.reverse) }
            } else {
                canvas.tint(cell, ground)
            }
        }
    }
}
