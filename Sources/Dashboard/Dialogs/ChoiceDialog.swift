import Engine

/// Something that stands above the panes and wants one choice.
struct ChoiceDialog: Sendable, Hashable {
    /// What choosing an item does.
    enum Choice: Sendable, Hashable {
        case cancel
        case perform(Operation, [ContainerID])
        case removeImages([ImageID], force: Bool)
        case pruneImages([ImageID])
        case push(ImageID, String)
        /// Asks for the image to pull, with this name to begin with.
        case askPull(String)
        case change(ResourceChange)
        case browse(String)
        case action(Action)
        /// Goes back to the pane that asked.
        case tell(Pane, PaneWord)
        case navigate(NavigationChoice)
        case quit
    }

    struct Item: Sendable, Hashable {
        var label: String
        /// At the right: a key or an explanation.
        var note = ""
        var choice: Choice
        /// Something is lost by it.
        var isDangerous = false
    }

    enum Kind: Sendable, Hashable {
        /// A question with buttons side by side.
        case question
        /// A list of choices, one below the other.
        case list
    }

    var kind: Kind
    var title: String
    var text: [String] = []
    var items: [Item]
    var selected = 0

    /// A question whose first button, Cancel, is the default: nothing is lost by an Enter too many.
    static func question(_ title: String, _ text: [String], _ items: [Item]) -> ChoiceDialog {
        ChoiceDialog(
            kind: .question, title: title, text: text, items: [Item(label: words("Cancel"), choice: .cancel)] + items)
    }

    /// What one pane asked is answered to another.
    mutating func address(_ pane: Pane, as other: Pane) {
        for index in items.indices {
            if case .tell(pane, let word) = items[index].choice { items[index].choice = .tell(other, word) }
        }
    }

    /// Moves the selection; the ends are connected.
    mutating func move(_ step: Int) {
        guard !items.isEmpty else { return }
        selected = ((selected + step) % items.count + items.count) % items.count
    }
}
