/// Names a part of the screen that can have the focus. Each pane declares its own name in its folder.
struct Pane: Hashable, Sendable, CustomStringConvertible {
    /// As layouts spell it.
    let name: String

    init(_ name: String) { self.name = name }

    /// What it is.
    var kind: any PaneKind.Type { PaneList.kind(of: self) }

    var description: String { name }
}
