extension Canvas {
    /// Writes one line of text, made harmless by `SafeText`, from `point` to the right.
    ///
    /// - Parameters:
    ///   - text: any text, also one from a container; control characters are shown, never sent.
    ///   - point: where the first character stands; may lie outside.
    ///   - maxWidth: columns it may take at most; a longer text ends with `ellipsis`.
    ///   - ellipsis: what marks a cut; nothing when nil.
    /// - Returns: the columns taken.
    @discardableResult
    public mutating func put(
        _ text: String, at point: Point, style: Style = .plain, maxWidth: Int? = nil, ellipsis: Unicode.Scalar? = "…"
    ) -> Int {
        let room = maxWidth ?? Int.max
        guard room > 0, point.y >= clip.y, point.y < clip.bottom else { return 0 }
        var shown = text
        shown.makeContiguousUTF8()
        let isAscii = shown.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if isAscii {
            return putASCII(shown.utf8, at: point, style: style, room: room, ellipsis: ellipsis)
        }
        let glyphs = SafeText.glyphs(text)
        let needed = glyphs.reduce(0) { $0 + $1.width }
        let limit = needed > room ? room - (ellipsis == nil ? 0 : 1) : room
        var x = point.x
        for glyph in glyphs {
            guard x - point.x <= limit - glyph.width else { break }
            put(glyph, at: Point(x: x, y: point.y), style: style)
            x += glyph.width
        }
        if needed > room, let ellipsis {
            set(ellipsis, at: Point(x: x, y: point.y), style: style)
            x += 1
        }
        return x - point.x
    }

    /// Writes spans one behind the other; see `put(_:at:style:maxWidth:ellipsis:)`.
    @discardableResult
    public mutating func put(
        _ spans: [Span], at point: Point, maxWidth: Int? = nil, ellipsis: Unicode.Scalar? = "…"
    ) -> Int {
        let room = maxWidth ?? Int.max
        var taken = 0
        for span in spans where taken < room {
            let left = room == Int.max ? nil : room - taken
            taken += put(
                span.text, at: Point(x: point.x + taken, y: point.y), style: span.style, maxWidth: left,
                ellipsis: ellipsis)
        }
        return taken
    }

    /// Sets one character that takes one column.
    public mutating func set(_ scalar: Unicode.Scalar, at point: Point, style: Style = .plain) {
        guard clip.contains(point) else { return }
        store(Cell(scalar, style), at: point.y * size.width + point.x, column: point.x)
    }

    private mutating func put(_ glyph: SafeText.Glyph, at point: Point, style: Style) {
        guard clip.contains(point) else { return }
        let index = point.y * size.width + point.x
        if glyph.width == 2 {
            guard clip.contains(Point(x: point.x + 1, y: point.y)) else {
                store(Cell(blank: style), at: index, column: point.x)
                return
            }
            store(Cell.continuation(style), at: index + 1, column: point.x + 1)
        }
        store(Cell(glyph.base, style, width: glyph.width), at: index, column: point.x)
        if let mark = glyph.firstMark { combine(mark, at: point) }
        if let mark = glyph.secondMark { combine(mark, at: point) }
    }

    private mutating func putASCII(
        _ text: String.UTF8View, at point: Point, style: Style, room: Int, ellipsis: Unicode.Scalar?
    ) -> Int {
        let count = text.count
        let cut = count > room
        let shown = cut ? room - (ellipsis == nil ? 0 : 1) : count
        let row = point.y * size.width
        var x = point.x
        for byte in text.prefix(shown) {
            if x >= clip.right { break }
            if x >= clip.x { store(Cell(Unicode.Scalar(byte), style), at: row + x, column: x) }
            x += 1
        }
        if cut, let ellipsis { set(ellipsis, at: Point(x: point.x + shown, y: point.y), style: style) }
        return cut ? room : count
    }
}
