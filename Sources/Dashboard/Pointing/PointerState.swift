/// What the mouse is at.
struct PointerState: Sendable {
    /// What lies under the pointer, where the terminal tells.
    var hover: HitTarget?
    /// Text that is being selected, or was.
    var selection: PaneSelection?
    /// The border between two headers that the button holds, and whose table it is.
    var pull: (pane: Pane, held: ColumnPull)?
}
