/// The whale that greets in an empty sea, head out of the water, looking around.
public struct Whale: Hashable, Sendable {
    /// Its breath and the waves follow this.
    public var tick: Int

    /// A whale.
    public init(tick: Int = 0) { self.tick = tick }

    /// Columns and rows that the full drawing needs.
    public static let size = Size(width: 46, height: 13)

    /// Draws it in the middle of `rect`: whole, or small, or not at all, as there is room.
    ///
    /// - Returns: what is left below it, for a greeting.
    @discardableResult
    public func draw(on canvas: inout Canvas, in rect: Rect, look: Look) -> Rect {
        let drawing = look.glyphs.isASCII ? WhaleDrawing.ascii : WhaleDrawing.unicode
        let picture = rect.height >= Self.size.height && rect.width >= Self.size.width ? drawing.large : drawing.small
        let width = picture.map(SafeText.width).max() ?? 0
        guard rect.height >= picture.count, rect.width >= width else { return rect }
        let left = rect.x + (rect.width - width) / 2
        let spout = drawing.spouts[abs(tick / 2) % drawing.spouts.count]
        for (row, line) in picture.enumerated() {
            var x = left
            for scalar in line.unicodeScalars {
                draw(scalar, at: Point(x: x, y: rect.y + row), spout: spout, on: &canvas, look)
                x += 1
            }
        }
        return rect.splitTop(picture.count).rest
    }

    private func draw(
        _ scalar: Unicode.Scalar, at point: Point, spout: [Unicode.Scalar], on canvas: inout Canvas, _ look: Look
    ) {
        switch scalar {
        case " ": break
        // Digits mark the spout's drops, so that it can play without moving the body.
        case "1"..."9":
            let index = Int(scalar.value - 0x31)
            if index < spout.count, spout[index] != " " {
                canvas.set(spout[index], at: point, style: look[.secondary])
            }
        case "~", "≈", "∿":
            canvas.set(scalar, at: point, style: look[.bubble])
        case "◉", "@": canvas.set(scalar, at: point, style: look[.accent])
        default: canvas.set(scalar, at: point, style: look[.whale])
        }
    }
}
