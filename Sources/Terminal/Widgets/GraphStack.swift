/// Areas that stand on each other: the parts of a whole over time.
///
/// A cell has one colour, that of the layer which has most of it; the outline is as fine as a single graph's.
public struct GraphStack: Hashable, Sendable {
    /// From the lowest to the highest.
    public var layers: [GraphLayer]
    /// What it is made of.
    public var kind: GraphKind
    /// The value at the top edge.
    public var top: Double

    /// A stack.
    public init(_ layers: [GraphLayer], kind: GraphKind = .braille, top: Double) {
        self.layers = layers
        self.kind = kind
        self.top = top > 0 && top.isFinite ? top : 1
    }

    /// Draws the areas alone.
    public func draw(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty, !layers.isEmpty else { return }
        let per = kind.valuesPerCell
        let borders = borders(slots: rect.width * per, steps: rect.height * kind.levelsPerCell)
        for row in 0..<rect.height {
            let below = (rect.height - 1 - row) * kind.levelsPerCell
            for x in 0..<rect.width {
                draw(
                    Array(borders[(x * per)..<((x + 1) * per)]), below: below, on: &canvas,
                    at: Point(x: rect.x + x, y: rect.y + row))
            }
        }
    }

    private func draw(_ slots: [[Int]], below: Int, on canvas: inout Canvas, at point: Point) {
        let tops = slots.map { ($0.last ?? 0) - below }
        guard tops.contains(where: { $0 > 0 }) else { return }
        let scalar = GraphGlyphs.scalar(kind, tops.first ?? 0, tops.last ?? 0, hangs: false)
        var best = (layer: 0, steps: 0)
        for layer in layers.indices {
            var steps = 0
            for borders in slots where layer < borders.count {
                let low = max(below, layer > 0 ? borders[layer - 1] : 0)
                steps += max(0, min(below + kind.levelsPerCell, borders[layer]) - low)
            }
            if steps > 0, steps >= best.steps { best = (layer, steps) }
        }
        canvas.set(scalar, at: point, style: Style(layers[best.layer].color))
    }

    /// For each place in time the upper border of each layer, in steps.
    private func borders(slots: Int, steps: Int) -> [[Int]] {
        let values = layers.map { $0.shown(slots) }
        return (0..<slots).map { slot in
            var sum = 0.0
            var isKnown = false
            var borders: [Int] = []
            for layer in values {
                if let value = layer[slot], value.isFinite {
                    sum += max(0, value)
                    isKnown = true
                }
                borders.append(min(steps, Int(min(Double(steps), (sum / top * Double(steps)).rounded()))))
            }
            // Zero is drawn as the lowest step; a gap shows nothing.
            if isKnown, let last = borders.indices.last { borders[last] = max(1, borders[last]) }
            return borders
        }
    }
}
