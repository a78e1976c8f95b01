/// A column of a `Table`.
public struct TableColumn: Hashable, Sendable {
    /// Where the text stands in a column that is wider than it.
    public enum Alignment: Hashable, Sendable {
        /// At the left edge, in the middle, at the right edge.
        case leading, center, trailing
    }

    /// What a click on its header reports.
    public var id: String
    /// Its header.
    public var title: String
    /// Columns it needs; when there is room it grows to `ideal`, and beyond by `flex` of what is left.
    public var minimum: Int, ideal: Int, flex: Int
    /// Where its text stands.
    public var alignment: Alignment
    /// Columns are left out from the highest number down while they do not fit, those of one number together; 0 is never
    /// left out.
    public var dispensability: Int

    /// A column; `ideal` is `minimum` unless it is given.
    public init(
        _ id: String, title: String, minimum: Int, ideal: Int? = nil, flex: Int = 0, alignment: Alignment = .leading,
        dispensability: Int = 0
    ) {
        self.id = id
        self.title = title
        self.minimum = max(1, minimum)
        self.ideal = max(self.minimum, ideal ?? minimum)
        self.flex = max(0, flex)
        self.alignment = alignment
        self.dispensability = dispensability
    }
}
