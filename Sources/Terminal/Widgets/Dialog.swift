/// A question or a message over everything else.
public struct Dialog: Hashable, Sendable {
    /// Its title.
    public var title: String
    /// Its lines.
    public var text: [String]
    /// Its buttons; none for a plain message.
    public var buttons: [String]
    /// The chosen button.
    public var selected: Int
    /// Whether something is lost by saying yes.
    public var isDangerous: Bool

    /// A dialog.
    public init(title: String, text: [String], buttons: [String], selected: Int = 0, isDangerous: Bool = false) {
        self.title = title
        self.text = text
        self.buttons = buttons
        self.selected = selected
        self.isDangerous = isDangerous
    }

    /// Where its frame goes in `rect`.
    public func frame(in rect: Rect) -> Rect {
        let widest = text.map(SafeText.width).max() ?? 0
        let buttonRow = buttons.reduce(0) { $0 + SafeText.width($1) + 6 } - 2
        let width = max(widest, buttonRow, SafeText.width(title) + 2) + 6
        return rect.centered(Size(width: width, height: text.count + (buttons.isEmpty ? 4 : 6)))
    }

    /// Where each button goes.
    public func buttonRects(in rect: Rect) -> [Rect] {
        let frame = frame(in: rect)
        let total = buttons.reduce(0) { $0 + SafeText.width($1) + 6 } - 2
        var x = frame.x + max(2, (frame.width - total) / 2)
        return buttons.map { button in
            let width = SafeText.width(button) + 4
            defer { x += width + 2 }
            return Rect(x: x, y: frame.bottom - 2, width: width, height: 1).intersection(frame)
        }
    }

    /// The button at a point.
    public func button(at point: Point, in rect: Rect) -> Int? {
        buttonRects(in: rect).firstIndex { $0.contains(point) }
    }

    /// Draws it in the middle of `rect`.
    public func draw(on canvas: inout Canvas, in rect: Rect, look: Look) {
        let frame = frame(in: rect)
        canvas.fill(frame, style: look[.dialog])
        var border = look[.dialogBorder]
        if isDangerous { border.foreground = look[.error].foreground }
        let heading = [Span(title, border.with(.bold))]
        canvas.box(frame, glyphs: look.glyphs, style: border, title: heading)
        canvas.clipped(to: frame.inset()) { canvas in
            for (index, line) in text.enumerated() {
                canvas.put(
                    line, at: Point(x: frame.x + 3, y: frame.y + 2 + index), style: look[.dialog],
                    maxWidth: frame.width - 6)
            }
            for (index, place) in buttonRects(in: rect).enumerated() {
                let style = look[index == selected ? .activeButton : .button]
                canvas.fill(place, style: style)
                let marks = look.theme[.button].background == .default && index != selected
                canvas.put(marks ? "[ \(buttons[index]) ]" : "  \(buttons[index])  ", at: place.origin, style: style)
            }
        }
    }
}
