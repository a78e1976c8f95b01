/// Lines over each other: several things of one kind, to be compared.
///
/// A cell has one colour, that of the line with most dots in it; of equals the earlier one's.
public struct GraphLines: Hashable, Sendable {
    /// The first stands in front of the others.
    public var layers: [GraphLayer]
    /// What it is made of.
    public var kind: GraphKind
    /// The value at the top edge.
    public var top: Double

    /// Lines.
    public init(_ layers: [GraphLayer], kind: GraphKind = .braille, top: Double) {
        self.layers = layers
        self.kind = kind
        self.top = top > 0 && top.isFinite ? top : 1
    }

    /// The sign of a line where lines are told apart by letters: `a`, `b`, …
    public static func letter(_ index: Int) -> Unicode.Scalar {
        Unicode.Scalar(UInt8(ascii: "a") + UInt8(((index % 26) + 26) % 26))
    }

    /// Dots that lie one above the other in a cell; blocks come in halves.
    private var dotsPerCell: Int {
        switch kind {
        case .braille: 4
        case .block: 2
        case .ascii: 1
        }
    }

    private struct Dots {
        var bits: UInt8 = 0
        var count = 0
        var layer = 0
    }

    /// Draws the lines alone.
    public func draw(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty, !layers.isEmpty else { return }
        var cells = [Dots](repeating: Dots(), count: rect.width * rect.height)
        for index in layers.indices { trace(index, rect, &cells) }
        for (place, dots) in cells.enumerated() where dots.count > 0 {
            let point = Point(x: rect.x + place % rect.width, y: rect.y + place / rect.width)
            canvas.set(scalar(dots), at: point, style: Style(layers[dots.layer].color))
        }
    }

    private func trace(_ index: Int, _ rect: Rect, _ cells: inout [Dots]) {
        let per = kind.valuesPerCell
        let steps = rect.height * dotsPerCell
        var own = [UInt8](repeating: 0, count: cells.count)
        var last: Int?
        for (slot, value) in layers[index].shown(rect.width * per).enumerated() {
            let level = Graph.level(value, top: top, steps: steps)
            guard level > 0 else {
                last = nil
                continue
            }
            let from = last.map { $0 < level ? $0 + 1 : $0 > level ? $0 - 1 : level } ?? level
            for height in min(from, level)...max(from, level) {
                let row = rect.height - 1 - (height - 1) / dotsPerCell
                let bit = UInt8((height - 1) % dotsPerCell) * 2 + UInt8(slot % per)
                own[row * rect.width + slot / per] |= 1 << bit
            }
            last = level
        }
        for place in cells.indices where own[place] != 0 {
            let count = own[place].nonzeroBitCount
            cells[place].bits |= own[place]
            if count > cells[place].count { (cells[place].count, cells[place].layer) = (count, index) }
        }
    }

    private func scalar(_ dots: Dots) -> Unicode.Scalar {
        switch kind {
        case .braille: GraphGlyphs.dots(dots.bits)
        case .block: dots.bits & 0b101 == 0b101 ? "█" : dots.bits & 1 != 0 ? "▄" : "▀"
        case .ascii: Self.letter(dots.layer)
        }
    }
}
