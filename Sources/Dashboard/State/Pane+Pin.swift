/// A pane that is pinned to a container is called `logs@web`: the same kind, with a state of its own.
extension Pane {
    init(_ slot: PaneSlot) { self.init(slot.text) }

    /// The pane without its pin.
    var base: Pane { name.firstIndex(of: "@").map { Pane(String(name[..<$0])) } ?? self }

    /// The name of the container that it stays with.
    var pin: String? { name.firstIndex(of: "@").map { String(name[name.index(after: $0)...]) } }

    /// Its place in an arrangement.
    var slot: PaneSlot { PaneSlot(base.name, pin: pin) }
}
