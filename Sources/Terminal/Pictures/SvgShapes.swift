/// Characters that are drawn as shapes, so that they join from cell to cell whatever font a viewer has.
enum SvgShapes {
    /// The shapes for a character of the frames, braille or blocks; nil for any other.
    static func shape(_ scalar: Unicode.Scalar, _ svg: SvgRenderer, x: Int, y: Int, ink: String) -> String? {
        switch scalar.value {
        case 0x2801...0x28FF: braille(scalar.value - 0x2800, svg, x, y, ink)
        case 0x2580...0x259F: block(scalar.value, svg, x, y, ink)
        default: frame(scalar, svg, x, y, ink)
        }
    }

    /// Blocks that fill their cell from the left edge to the right one.
    static func joins(_ scalar: Unicode.Scalar) -> Bool {
        (0x2580...0x2588).contains(scalar.value) || scalar.value == 0x2594
    }

    /// The same such block in `count` cells side by side.
    static func blocks(
        _ scalar: Unicode.Scalar, _ svg: SvgRenderer, x: Int, y: Int, count: Int, ink: String
    ) -> String {
        let (top, height): (Double, Double) =
            switch scalar.value {
            case 0x2580: (0, 0.5)
            case 0x2594: (0, 0.125)
            default: (1 - Double(scalar.value - 0x2580) / 8, Double(scalar.value - 0x2580) / 8)
            }
        return "<rect x=\"\(svg.number(Double(x) * svg.cellWidth))\""
            + " y=\"\(svg.number((Double(y) + top) * svg.cellHeight))\""
            + " width=\"\(svg.number(Double(count) * svg.cellWidth + 0.3))\""
            + " height=\"\(svg.number(height * svg.cellHeight + 0.3))\" fill=\"\(ink)\"/>\n"
    }

    private static func braille(_ bits: UInt32, _ svg: SvgRenderer, _ x: Int, _ y: Int, _ ink: String) -> String {
        let places: [(UInt32, Double, Double)] = [
            (0x01, 0, 0), (0x02, 0, 1), (0x04, 0, 2), (0x40, 0, 3), (0x08, 1, 0), (0x10, 1, 1), (0x20, 1, 2),
            (0x80, 1, 3),
        ]
        let (dx, dy) = (svg.cellWidth / 2, svg.cellHeight / 4)
        var path = ""
        for (bit, column, row) in places where bits & bit != 0 {
            let left = Double(x) * svg.cellWidth + column * dx + dx * 0.14
            let top = Double(y) * svg.cellHeight + row * dy + dy * 0.14
            path +=
                "M\(svg.number(left)) \(svg.number(top))h\(svg.number(dx * 0.72))"
                + "v\(svg.number(dy * 0.72))h-\(svg.number(dx * 0.72))z"
        }
        return "<path d=\"\(path)\" fill=\"\(ink)\"/>\n"
    }

    private static func block(_ value: UInt32, _ svg: SvgRenderer, _ x: Int, _ y: Int, _ ink: String) -> String? {
        /// Left, top, width, height as parts of the cell.
        let parts: [(Double, Double, Double, Double)]
        switch value {
        case 0x2589...0x258F: parts = [(0, 0, Double(0x2590 - value) / 8, 1)]
        case 0x2590: parts = [(0.5, 0, 0.5, 1)]
        case 0x2595: parts = [(0.875, 0, 0.125, 1)]
        case 0x2596...0x259F: parts = quadrants(value)
        default: return nil
        }
        return parts.map { part in
            "<rect x=\"\(svg.number((Double(x) + part.0) * svg.cellWidth))\""
                + " y=\"\(svg.number((Double(y) + part.1) * svg.cellHeight))\""
                + " width=\"\(svg.number(part.2 * svg.cellWidth + 0.2))\""
                + " height=\"\(svg.number(part.3 * svg.cellHeight + 0.2))\" fill=\"\(ink)\"/>\n"
        }.joined()
    }

    private static func quadrants(_ value: UInt32) -> [(Double, Double, Double, Double)] {
        // Bits: upper left 1, upper right 2, lower left 4, lower right 8, in the order of U+2596 … U+259F.
        let masks = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14]
        let mask = masks[Int(value - 0x2596)]
        var parts: [(Double, Double, Double, Double)] = []
        for bit in 0..<4 where mask & 1 << bit != 0 {
            parts.append((Double(bit % 2) / 2, Double(bit / 2) / 2, 0.5, 0.5))
        }
        return parts
    }

    private static func frame(
        _ scalar: Unicode.Scalar, _ svg: SvgRenderer, _ x: Int, _ y: Int, _ ink: String
    ) -> String? {
        let (w, h) = (svg.cellWidth, svg.cellHeight)
        let (left, top) = (Double(x) * w, Double(y) * h)
        let (mx, my) = (left + w / 2, top + h / 2)
        func p(_ a: Double, _ b: Double) -> String { "\(svg.number(a)) \(svg.number(b))" }
        func arc(_ from: String, _ to: String) -> String { "M\(from)Q\(p(mx, my)) \(to)" }
        let (north, south, west, east) = (p(mx, top), p(mx, top + h), p(left, my), p(left + w, my))
        let middle = p(mx, my)
        var thickness = 1.2
        let path: String
        switch scalar {
        case "─": path = "M\(west)L\(east)"
        case "│": path = "M\(north)L\(south)"
        case "━": (path, thickness) = ("M\(west)L\(east)", 3.6)
        case "┃": (path, thickness) = ("M\(north)L\(south)", 3.6)
        case "╭": path = arc(east, south)
        case "╮": path = arc(west, south)
        case "╰": path = arc(north, east)
        case "╯": path = arc(north, west)
        case "├": path = "M\(north)L\(south)M\(middle)L\(east)"
        case "┤": path = "M\(north)L\(south)M\(middle)L\(west)"
        case "┬": path = "M\(west)L\(east)M\(middle)L\(south)"
        case "┴": path = "M\(west)L\(east)M\(middle)L\(north)"
        case "┼": path = "M\(west)L\(east)M\(north)L\(south)"
        default: return nil
        }
        return "<path d=\"\(path)\" fill=\"none\" stroke=\"\(ink)\" stroke-width=\"\(svg.number(thickness))\"/>\n"
    }
}
