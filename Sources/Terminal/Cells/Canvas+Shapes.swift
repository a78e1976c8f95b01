extension Canvas {
    /// Fills a rectangle with a character.
    public mutating func fill(_ rect: Rect, _ scalar: Unicode.Scalar = " ", style: Style) {
        let area = rect.intersection(clip)
        guard !area.isEmpty else { return }
        let cell = Cell(scalar, style)
        for y in area.y..<area.bottom {
            for x in area.x..<area.right { store(cell, at: y * size.width + x, column: x) }
        }
    }

    /// Changes the ground of a rectangle and leaves its text.
    public mutating func tint(_ rect: Rect, _ background: Color) {
        restyle(rect) { $0.background = background }
    }

    /// Changes the style of what is already drawn in a rectangle.
    public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        let area = rect.intersection(clip)
        guard !area.isEmpty else { return }
        for y in area.y..<area.bottom {
            for x in area.x..<area.right {
                let index = y * size.width + x
                change(&cells[index].style)
            }
        }
    }

    /// A vertical gradient over a rectangle's ground; its text stays.
    public mutating func gradient(_ rect: Rect, from top: Color, to bottom: Color) {
        gradient(rect, stops: [top, bottom])
    }

    /// A vertical gradient through evenly spaced colours over a rectangle's ground; its text stays.
    public mutating func gradient(_ rect: Rect, stops: [Color]) {
        let ramp = Gradient(stops)
        for row in 0..<rect.height {
            tint(rect.row(row), ramp.color(at: rect.height > 1 ? Double(row) / Double(rect.height - 1) : 0))
        }
    }

    /// A horizontal line of one character.
    public mutating func horizontalLine(_ scalar: Unicode.Scalar, at point: Point, length: Int, style: Style) {
        fill(Rect(x: point.x, y: point.y, width: length, height: 1), scalar, style: style)
    }

    /// A vertical line of one character.
    public mutating func verticalLine(_ scalar: Unicode.Scalar, at point: Point, length: Int, style: Style) {
        fill(Rect(x: point.x, y: point.y, width: 1, height: length), scalar, style: style)
    }

    /// A frame along the inside of `rect`, with titles set into its upper edge, left and right.
    ///
    /// - Returns: the room inside.
    @discardableResult
    public mutating func box(
        _ rect: Rect, glyphs: Glyphs = .unicode, style: Style, title: [Span] = [], trailing: [Span] = []
    ) -> Rect {
        guard rect.width >= 2, rect.height >= 2 else { return Rect(x: rect.x, y: rect.y, width: 0, height: 0) }
        let right = rect.right - 1
        let bottom = rect.bottom - 1
        for y in [rect.y, bottom] {
            horizontalLine(glyphs.horizontal, at: Point(x: rect.x + 1, y: y), length: rect.width - 2, style: style)
        }
        for x in [rect.x, right] {
            verticalLine(glyphs.vertical, at: Point(x: x, y: rect.y + 1), length: rect.height - 2, style: style)
        }
        set(glyphs.topLeft, at: Point(x: rect.x, y: rect.y), style: style)
        set(glyphs.topRight, at: Point(x: right, y: rect.y), style: style)
        set(glyphs.bottomLeft, at: Point(x: rect.x, y: bottom), style: style)
        set(glyphs.bottomRight, at: Point(x: right, y: bottom), style: style)
        boxTitles(rect, title: title, trailing: trailing)
        return rect.inset()
    }

    private mutating func boxTitles(_ rect: Rect, title: [Span], trailing: [Span]) {
        let room = rect.width - 4
        let wanted = title.reduce(0) { $0 + $1.width }
        if room >= 3, wanted > 0 {
            let end = put([Span(" ")] + title, at: Point(x: rect.x + 1, y: rect.y), maxWidth: room + 1)
            put(" ", at: Point(x: rect.x + 1 + end, y: rect.y))
        }
        let extra = trailing.reduce(0) { $0 + $1.width }
        if extra > 0, room - wanted - 4 >= extra {
            put([Span(" ")] + trailing + [Span(" ")], at: Point(x: rect.right - 4 - extra, y: rect.y))
        }
    }
}
