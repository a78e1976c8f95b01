/// What the mouse is at.
struct PointerState: Sendable {
    /// What lies under the pointer, where the terminal tells.
    var hover: HitTarget?
    /// Text that is being selected, or was.
    var selection: PaneSelection?
}
