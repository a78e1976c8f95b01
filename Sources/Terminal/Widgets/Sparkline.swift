/// A graph of one row, for a table.
public struct Sparkline: Hashable, Sendable {
    /// The values, oldest first; nil where nothing was measured.
    public var values: [Double?]
    /// What it is made of.
    public var kind: GraphKind
    /// Where its top is.
    public var scale: GraphScale
    /// Colours by height.
    public var gradient: Gradient

    /// A sparkline.
    public init(_ values: [Double?], kind: GraphKind = .braille, scale: GraphScale, gradient: Gradient) {
        self.values = values
        self.kind = kind
        self.scale = scale
        self.gradient = gradient
    }

    /// Draws it into the first row of `rect`; the ground stays.
    public func draw(on canvas: inout Canvas, in rect: Rect) {
        let row = rect.row(0)
        guard !row.isEmpty else { return }
        let per = kind.valuesPerCell
        let shown = values.suffix(row.width * per)
        let top = scale.top(for: shown)
        let padded = [Double?](repeating: nil, count: row.width * per - shown.count) + shown
        for x in 0..<row.width {
            let pair = padded[(x * per)..<((x + 1) * per)]
            guard let largest = pair.compactMap({ $0 }).max() else { continue }
            let color = gradient.color(at: largest / top)
            canvas.set(scalar(Array(pair), top: top), at: Point(x: row.x + x, y: row.y), style: Style(color))
        }
    }

    private func scalar(_ pair: [Double?], top: Double) -> Unicode.Scalar {
        if kind == .ascii {
            let level = Graph.level(pair.first ?? nil, top: top, steps: GraphGlyphs.asciiRamp.count)
            return GraphGlyphs.asciiRamp[max(0, level - 1)]
        }
        let levels = pair.map { Graph.level($0, top: top, steps: kind.levelsPerCell) }
        return GraphGlyphs.scalar(kind, levels.first ?? 0, levels.last ?? 0, hangs: false)
    }
}
