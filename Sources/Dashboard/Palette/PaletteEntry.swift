/// A row of the command palette: something that can be done, seen or gone to, and the words that do it.
struct PaletteEntry: Sendable, Hashable {
    enum Kind: String, Sendable, Hashable {
        case deed = "do"
        case view, container, image, theme, layout, command, word
    }

    var kind: Kind
    /// What the person reads.
    var title: String
    /// What could have been typed in its stead; what `Tab` puts into the line.
    var line: String
    /// The key that does the same.
    var key = ""
    /// The heading that it stands under in a menu.
    var group = ""
    /// Why it cannot be done now.
    var obstacle: String?
    /// It wants another word behind it: Enter on it goes on typing.
    var wantsMore = false

    /// All that a search looks through.
    var text: String { title + "  " + line }
}
