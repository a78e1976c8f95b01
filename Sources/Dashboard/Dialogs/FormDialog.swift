import Terminal

/// A form above the panes, and what it is for.
struct FormDialog: Sendable, Hashable {
    enum Purpose: Sendable, Hashable {
        /// A container is to be run.
        case run
        /// An image is to be built.
        case build
        /// A pane asks; the form goes back to it.
        case pane(Pane, PaneWord)
    }

    var purpose: Purpose
    var form: Form
    /// It was submitted, and the answer is still to come.
    var isBusy = false

    /// What one pane asked is answered to another.
    mutating func address(_ pane: Pane, as other: Pane) {
        if case .pane(pane, let word) = purpose { purpose = .pane(other, word) }
    }

    func draw(in body: Rect, _ frame: inout Frame, _ look: Look) {
        frame.cover()
        frame.hit(form.frame(in: body), .overlay)
        var shown = form
        shown.cancel = words("Cancel")
        shown.hint = words("Tab next  Enter does it  Esc gives up")
        for place in shown.draw(on: &frame.canvas, in: body, look: look) {
            frame.hit(place.rect, .formPlace(place.index))
        }
    }
}
