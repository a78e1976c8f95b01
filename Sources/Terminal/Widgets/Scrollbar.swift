/// Where the part in view lies within the whole.
public struct Scrollbar: Hashable, Sendable {
    /// The first entry in view, how many are in view, how many there are.
    public var offset: Int, visible: Int, count: Int

    /// A scrollbar.
    public init(offset: Int, visible: Int, count: Int) {
        self.offset = offset
        self.visible = visible
        self.count = count
    }

    /// First row and rows of the thumb in a bar of `height` rows.
    func thumb(height: Int) -> (start: Int, length: Int) {
        guard count > visible, height > 0 else { return (0, height) }
        let length = max(1, min(height, height * max(0, visible) / count))
        let way = count - visible
        return ((height - length) * min(max(0, offset), way) / way, length)
    }

    /// Draws it into the first column of `rect`.
    public func draw(on canvas: inout Canvas, in rect: Rect, look: Look) {
        let (start, length) = thumb(height: rect.height)
        for y in 0..<rect.height {
            let inside = y >= start && y < start + length
            canvas.set(
                inside ? look.glyphs.thumb : look.glyphs.rail, at: Point(x: rect.x, y: rect.y + y),
                style: inside ? look[.scrollbar] : look[.track])
        }
    }
}
