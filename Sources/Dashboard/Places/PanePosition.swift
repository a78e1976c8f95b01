/// Where a person is in a pane: what narrows and orders it, what is chosen, how far it is scrolled. Texts, so that it can
/// be remembered over restarts.
struct PanePosition: Sendable, Hashable {
    var filter = ""
    /// A column's name, with `-` before it when it goes down.
    var sort = ""
    /// The chosen thing, by what it is called.
    var selection = ""
    var scroll = 0
    /// Which of the pane's own tabs is shown.
    var tab = ""

    var isEmpty: Bool { self == PanePosition() }
}
