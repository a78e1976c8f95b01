/// A piece of text in one style.
public struct Span: Hashable, Sendable {
    /// Any text; it is made harmless when it is drawn.
    public var text: String
    /// How it looks.
    public var style: Style

    /// Text in a style.
    public init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }

    /// The columns it takes when drawn.
    public var width: Int { SafeText.width(text) }
}
