/// A part of a pane that can be pointed at.
enum Spot: Sendable, Hashable {
    /// A row, by what it shows.
    case row(String)
    /// A row, by its place.
    case place(Int)
    /// The mark before a row that folds what is beneath it, by the row's place.
    case fold(Int)
    /// A column's title, by its identifier.
    case header(String)
    /// The border at the right of a column's title, by the column's identifier.
    case edge(String)
    /// One of the tabs, by its name.
    case tab(String)
    /// Anything else that the pane has a word for.
    case word(PaneWord)
}
