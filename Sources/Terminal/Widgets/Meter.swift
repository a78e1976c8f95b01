/// A bar that is filled to a fraction.
public struct Meter: Hashable, Sendable {
    /// From 0 to 1; nil when there is nothing to measure against.
    public var fraction: Double?
    /// Colours along the bar.
    public var gradient: Gradient

    /// A meter.
    public init(_ fraction: Double?, gradient: Gradient) {
        self.fraction = fraction
        self.gradient = gradient
    }

    /// Draws it into the first row of `rect`.
    public func draw(on canvas: inout Canvas, in rect: Rect, look: Look) {
        let row = rect.row(0)
        guard !row.isEmpty else { return }
        let share = min(1, max(0, fraction.map { $0.isFinite ? $0 : 0 } ?? 0))
        var filled = Int((share * Double(row.width)).rounded())
        if share > 0, filled == 0 { filled = 1 }
        for x in 0..<row.width {
            let point = Point(x: row.x + x, y: row.y)
            guard x < filled else {
                canvas.set(look.glyphs.empty, at: point, style: look[.track])
                continue
            }
            let position = row.width > 1 ? Double(x) / Double(row.width - 1) : share
            canvas.set(look.glyphs.full, at: point, style: Style(gradient.color(at: position)))
        }
    }
}
