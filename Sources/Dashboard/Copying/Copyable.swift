/// Something of what is chosen that can be put into the clipboard.
struct Copyable: Sendable, Hashable {
    /// What it is: `name`.
    var label: String
    var text: String

    init(_ label: String, _ text: String) {
        self.label = label
        self.text = text
    }
}
