/// The hints at the bottom: keys and what they do.
public struct Footer: Hashable, Sendable {
    /// One hint.
    public struct Hint: Hashable, Sendable {
        /// The key's name.
        public var key: String
        /// What it does, in one word or two.
        public var action: String

        /// A hint.
        public init(_ key: String, _ action: String) {
            self.key = key
            self.action = action
        }
    }

    /// The hints, the most important first.
    public var hints: [Hint]
    /// A message that takes the hints' place, with its style.
    public var message: Span?

    /// A footer.
    public init(_ hints: [Hint], message: Span? = nil) {
        self.hints = hints
        self.message = message
    }

    /// Draws as many hints as fit; returns where each of them stands.
    @discardableResult
    public func draw(on canvas: inout Canvas, in rect: Rect, look: Look) -> [Rect] {
        let row = rect.row(0)
        guard !row.isEmpty else { return [] }
        let ground = look[.footer].background
        if ground != .inherit { canvas.fill(row, style: look[.footer]) }
        if let message {
            canvas.put(message.text, at: Point(x: row.x + 1, y: row.y), style: message.style, maxWidth: row.width - 2)
            return []
        }
        var places: [Rect] = []
        var x = row.x + 1
        for hint in hints {
            let width = SafeText.width(hint.key) + 1 + SafeText.width(hint.action)
            guard x + width <= row.right else { break }
            canvas.put(
                [Span(hint.key, look[.key]), Span(" ", look[.footer]), Span(hint.action, look[.footer])],
                at: Point(x: x, y: row.y))
            places.append(Rect(x: x, y: row.y, width: width, height: 1))
            x += width + 2
        }
        return places
    }
}
