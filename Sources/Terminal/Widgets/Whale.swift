/// The whale that greets in an empty sea.
public struct Whale: Hashable, Sendable {
    /// Its breath and the waves follow this.
    public var tick: Int

    /// A whale.
    public init(tick: Int = 0) { self.tick = tick }

    /// Columns and rows that the full drawing needs.
    public static let size = Size(width: 46, height: 14)

    /// Draws it in the middle of `rect`'s upper part: whole, or small, or not at all, as there is room.
    ///
    /// - Returns: what is left below it, for a greeting.
    @discardableResult
    public func draw(on canvas: inout Canvas, in rect: Rect, look: Look) -> Rect {
        let isLarge = rect.width >= Self.size.width && rect.height >= Self.size.height
        let ascii = look.glyphs.isASCII
        let lines =
            ascii
            ? (isLarge ? WhaleDrawing.largeASCII : WhaleDrawing.smallASCII)
            : (isLarge ? WhaleDrawing.large : WhaleDrawing.small)
        let width = lines.map { $0.utf8.count }.max() ?? 0
        let body = ascii ? lines.count : (lines.count + 1) / 2
        let spout = 3
        guard rect.width >= width, rect.height >= body + spout else { return rect }
        let left = rect.x + (rect.width - width) / 2
        drawSpout(at: Point(x: left + (isLarge ? 12 : 4), y: rect.y), on: &canvas, look)
        // The blowhole is where the back is highest, which the tail tops by two rows.
        let top = rect.y + spout - (isLarge ? 2 : 1)
        let area = Rect(x: left, y: top, width: width, height: body)
        if ascii {
            drawLines(lines, in: area, on: &canvas, look)
        } else {
            drawPixels(lines, in: area, on: &canvas, look)
        }
        return rect.splitTop(area.bottom - rect.y).rest
    }

    private func drawSpout(at point: Point, on canvas: inout Canvas, _ look: Look) {
        let pictures = look.glyphs.isASCII ? WhaleDrawing.spoutsASCII : WhaleDrawing.spouts
        let picture = pictures[Int((tick / 2).magnitude % UInt(pictures.count))]
        for (row, line) in picture.enumerated() {
            for (column, scalar) in line.unicodeScalars.enumerated() where scalar != " " {
                canvas.set(scalar, at: Point(x: point.x + column, y: point.y + row), style: look[.secondary])
            }
        }
    }

    private func drawLines(_ lines: [String], in area: Rect, on canvas: inout Canvas, _ look: Look) {
        for (row, line) in lines.enumerated() {
            for (column, scalar) in line.unicodeScalars.enumerated() where scalar != " " {
                let style = look[scalar == "@" ? .accent : .whale]
                canvas.set(scalar, at: Point(x: area.x + column, y: area.y + row), style: style)
            }
        }
    }

    private func drawPixels(_ lines: [String], in area: Rect, on canvas: inout Canvas, _ look: Look) {
        let rows = lines.map { Array($0.utf8) }
        func pixel(_ row: Int, _ column: Int) -> Color? {
            guard row < rows.count, column < rows[row].count else { return nil }
            return color(rows[row][column], look.theme)
        }
        for y in 0..<area.height {
            for x in 0..<area.width {
                let point = Point(x: area.x + x, y: area.y + y)
                switch (pixel(2 * y, x), pixel(2 * y + 1, x)) {
                case (nil, nil): break
                case (let upper?, nil): canvas.set("▀", at: point, style: Style(upper))
                case (nil, let lower?): canvas.set("▄", at: point, style: Style(lower))
                case (let upper?, let lower?) where upper == lower: canvas.set("█", at: point, style: Style(upper))
                case (let upper?, let lower?): canvas.set("▀", at: point, style: Style(upper, on: lower))
                }
            }
        }
    }

    private func color(_ pixel: UInt8, _ theme: Theme) -> Color? {
        let back = theme[.whale].foreground
        let deep = theme.ground(row: 1, of: 2)
        guard case .rgb = back else { return pixel == UInt8(ascii: "B") || pixel == UInt8(ascii: "L") ? back : nil }
        switch pixel {
        case UInt8(ascii: "B"): return back
        case UInt8(ascii: "L"): return back.mixed(with: Color(hex: 0xFFFFFF), 0.6)
        case UInt8(ascii: "M"): return back.mixed(with: deep, theme.isLight ? 0.6 : 0.55)
        case UInt8(ascii: "E"): return theme.isLight ? Color(hex: 0x10222E) : deep
        default: return nil
        }
    }
}
