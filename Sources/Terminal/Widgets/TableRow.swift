/// A row of a `Table`.
public struct TableRow: Sendable {
    /// What stands in one place of it.
    public enum Content: Hashable, Sendable {
        /// Text in its own styles.
        case text([Span])
        /// A small graph.
        case sparkline(Sparkline)
        /// A bar.
        case meter(Meter)

        /// Text in one style.
        public static func text(_ text: String, _ style: Style = .plain) -> Content { .text([Span(text, style)]) }
    }

    /// Contents by column identifier.
    public var cells: [String: Content]
    /// Whether the row is marked.
    public var isMarked: Bool

    /// A row.
    public init(_ cells: [String: Content], isMarked: Bool = false) {
        self.cells = cells
        self.isMarked = isMarked
    }
}
