/// Something that can be done to many rows at once: what it would hit is told before it is done.
struct BulkChoice: Sendable, Hashable {
    /// In the menu: `Stop all that run`.
    var label: String
    /// On the button: `Stop`.
    var verb: String
    /// What it would hit, by name and by identifier.
    var names: [String]
    var ids: [String]
    /// What is lost by it, in a sentence.
    var loss = ""
    /// What the pane does then.
    var deed: PaneWord

    init<Row: Listed>(
        _ label: String, _ verb: String, _ rows: [Row], loss: String = "", deed: some Hashable & Sendable = "remove",
        id: (Row) -> String
    ) {
        self.deed = PaneWord(deed)
        self.label = label
        self.verb = verb
        names = rows.map(\.shownName)
        ids = rows.map(id)
        self.loss = loss
    }

    /// Names for a question: all of a few, and of many how many more.
    var list: String {
        let limit = 30
        let shown = names.prefix(limit).joined(separator: ", ")
        return names.count > limit ? words("\(shown) and \(names.count - limit) more") : shown
    }
}
