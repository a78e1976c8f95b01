/// An area graph over time, newest value at the right edge.
///
/// Zero is drawn as the lowest step, so that a gap (nil), which shows nothing, can be told from it.
public struct Graph: Sendable {
    /// The values, oldest first; nil where nothing was measured. The last ones that fit are shown.
    public var values: [Double?]
    /// What it is made of.
    public var kind: GraphKind
    /// Where its top is.
    public var scale: GraphScale
    /// Colours from the bottom to the top.
    public var gradient: Gradient
    /// Whether it hangs from the upper edge.
    public var hangs: Bool

    /// A graph of values.
    public init(
        _ values: [Double?], kind: GraphKind = .braille, scale: GraphScale, gradient: Gradient, hangs: Bool = false
    ) {
        self.values = values
        self.kind = kind
        self.scale = scale
        self.gradient = gradient
        self.hangs = hangs
    }

    /// How many values fit into `width` columns.
    public static func capacity(width: Int, kind: GraphKind) -> Int { max(0, width) * kind.valuesPerCell }

    /// Draws the area alone.
    public func draw(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let shown = values.suffix(Self.capacity(width: rect.width, kind: kind))
        let top = scale.top(for: shown)
        let steps = rect.height * kind.levelsPerCell
        let missing = rect.width * kind.valuesPerCell - shown.count
        let levels = [Int](repeating: 0, count: missing) + shown.map { Self.level($0, top: top, steps: steps) }
        for row in 0..<rect.height {
            // Counted from where the area stands: the bottom, or the top when it hangs.
            let height = hangs ? row : rect.height - 1 - row
            let position = rect.height > 1 ? Double(height) / Double(rect.height - 1) : 0.5
            drawRow(levels, height: height, on: &canvas, in: rect.row(row), color: gradient.color(at: position))
        }
    }

    private func drawRow(_ levels: [Int], height: Int, on canvas: inout Canvas, in row: Rect, color: Color) {
        let per = kind.valuesPerCell
        let below = height * kind.levelsPerCell
        for x in 0..<row.width {
            let first = levels[x * per] - below
            let second = per == 2 ? levels[x * per + 1] - below : first
            guard first > 0 || second > 0 else { continue }
            let scalar = GraphGlyphs.scalar(kind, first, second, hangs: hangs)
            canvas.set(scalar, at: Point(x: row.x + x, y: row.y), style: Style(color))
        }
    }

    /// Steps that a value fills: 0 for a gap, at least 1 for a value.
    static func level(_ value: Double?, top: Double, steps: Int) -> Int {
        guard let value, value.isFinite else { return 0 }
        let filled = (max(0, value) / top * Double(steps)).rounded()
        return max(1, Int(min(filled, Double(steps))))
    }
}
