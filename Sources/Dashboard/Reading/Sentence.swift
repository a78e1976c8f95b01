/// What a screen reader says of a pane.
struct Sentence: Sendable, Hashable {
    /// What it is about: said again only when this changes, so that figures may go up and down in silence.
    var key: String
    var text: String

    init(_ text: String, key: String? = nil) {
        self.text = text
        self.key = key ?? text
    }
}
