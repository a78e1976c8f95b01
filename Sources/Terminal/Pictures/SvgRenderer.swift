/// Draws a canvas as a picture: an SVG document that stands alone, every cell in its place.
public struct SvgRenderer: Sendable {
    /// Colours for what the terminal would choose itself.
    public var defaultForeground: Color, defaultBackground: Color
    /// Pixels of a cell.
    public var cellWidth: Double, cellHeight: Double

    /// A renderer whose default colours suit a theme.
    public init(theme: Theme) {
        defaultForeground = theme.isLight ? Color(hex: 0x1A1A1A) : Color(hex: 0xD8D8D8)
        defaultBackground = theme.isLight ? Color(hex: 0xFFFFFF) : Color(hex: 0x101418)
        // Whole pixels, so that blocks side by side leave no seam.
        cellWidth = 9
        cellHeight = 18
    }

    /// The whole document.
    public func render(_ canvas: Canvas) -> String {
        let margin = 10.0
        let width = Double(canvas.size.width) * cellWidth + 2 * margin
        let height = Double(canvas.size.height) * cellHeight + 2 * margin
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
            viewBox="0 0 \(number(width)) \(number(height))">
            <rect width="100%" height="100%" rx="8" fill="\(hex(defaultBackground))"/>
            <g transform="translate(\(number(margin)) \(number(margin)))" font-size="15" \
            font-family="'DejaVu Sans Mono','JetBrains Mono','Menlo','Consolas',monospace" xml:space="preserve">

            """
        for y in 0..<canvas.size.height { grounds(canvas, y, into: &out) }
        for y in 0..<canvas.size.height { texts(canvas, y, into: &out) }
        out += "</g>\n</svg>\n"
        return out
    }

    private func grounds(_ canvas: Canvas, _ y: Int, into out: inout String) {
        var x = 0
        while x < canvas.size.width {
            let color = colors(canvas[Point(x: x, y: y)].style).ground
            var end = x + 1
            while end < canvas.size.width, colors(canvas[Point(x: end, y: y)].style).ground == color { end += 1 }
            if color != defaultBackground {
                // A hair of overlap hides the seams that anti-aliasing would leave between rows.
                out += rect(Double(x), Double(y), Double(end - x), 1, color, overlap: 0.3)
            }
            x = end
        }
    }

    private func texts(_ canvas: Canvas, _ y: Int, into out: inout String) {
        var x = 0
        while x < canvas.size.width {
            let cell = canvas[Point(x: x, y: y)]
            let ink = colors(cell.style).ink
            if SvgShapes.joins(cell.base) {
                // One shape for a row of equal blocks, so that no seam shows between them.
                var end = x + 1
                while end < canvas.size.width, canvas[Point(x: end, y: y)] == cell { end += 1 }
                out += SvgShapes.blocks(cell.base, self, x: x, y: y, count: end - x, ink: hex(ink))
                x = end
                continue
            }
            if let shape = SvgShapes.shape(cell.base, self, x: x, y: y, ink: hex(ink)) {
                out += shape
                x += 1
                continue
            }
            var end = x
            var text = ""
            while end < canvas.size.width {
                let next = canvas[Point(x: end, y: y)]
                let isPlain = next.width == 1 && next.base.isASCII
                guard next.style == cell.style, isPlain || end == x, next.width > 0 else { break }
                text += next.text
                end += max(1, next.width)
                if !isPlain { break }
            }
            end = max(end, x + 1)
            out += run(text, x: x, y: y, columns: end - x, cell.style, ink)
            x = end
        }
    }

    private func run(_ text: String, x: Int, y: Int, columns: Int, _ style: Style, _ ink: Color) -> String {
        let attributes = style.attributes
        let isBlank = text.utf8.allSatisfy { $0 == 0x20 }
        if isBlank, attributes.isDisjoint(with: [.underline, .strike]) { return "" }
        var extra = ""
        if attributes.contains(.bold) { extra += " font-weight=\"bold\"" }
        if attributes.contains(.italic) { extra += " font-style=\"italic\"" }
        let lines = [
            attributes.contains(.underline) ? "underline" : "", attributes.contains(.strike) ? "line-through" : "",
        ]
        .filter { !$0.isEmpty }.joined(separator: " ")
        if !lines.isEmpty { extra += " text-decoration=\"\(lines)\"" }
        let left = number(Double(x) * cellWidth)
        let base = number(Double(y) * cellHeight + cellHeight * 0.74)
        return "<text x=\"\(left)\" y=\"\(base)\" fill=\"\(hex(ink))\""
            + " textLength=\"\(number(Double(columns) * cellWidth))\" lengthAdjust=\"spacingAndGlyphs\"\(extra)>"
            + Self.escape(text) + "</text>\n"
    }

    private func colors(_ style: Style) -> (ink: Color, ground: Color) {
        var ink = style.foreground
        var ground = style.background
        if ink == .default || ink == .inherit { ink = defaultForeground }
        if ground == .default || ground == .inherit { ground = defaultBackground }
        if style.attributes.contains(.dim) { ink = ground.mixed(with: ink, 0.6) }
        return style.attributes.contains(.reverse) ? (ground, ink) : (ink, ground)
    }

    func rect(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ color: Color, overlap: Double = 0
    ) -> String {
        "<rect x=\"\(number(x * cellWidth))\" y=\"\(number(y * cellHeight))\" width=\"\(number(width * cellWidth + overlap))\""
            + " height=\"\(number(height * cellHeight + overlap))\" fill=\"\(hex(color))\"/>\n"
    }

    func hex(_ color: Color) -> String {
        guard case .rgb(let r, let g, let b) = color else { return "#000000" }
        func two(_ value: UInt8) -> String { (value < 16 ? "0" : "") + String(value, radix: 16) }
        return "#" + two(r) + two(g) + two(b)
    }

    /// Two decimals are a hundredth of a pixel.
    func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let sign = hundredths < 0 ? "-" : ""
        let whole = abs(hundredths) / 100
        let part = abs(hundredths) % 100
        if part == 0 { return sign + String(whole) }
        return sign + "\(whole)." + (part < 10 ? "0\(part)" : "\(part)")
    }

    static func escape(_ text: String) -> String {
        var out = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }
}
