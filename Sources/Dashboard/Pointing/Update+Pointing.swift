import Terminal

/// What the mouse holds: a border between panes, or the end of a selection.
extension DashboardState {
    private var hasOverlay: Bool {
        palette != nil || dialog != nil || form != nil || isHelpShown || transfers.isShown
    }

    /// The button went down: it may become a drag.
    mutating func hold(_ input: MouseInput) {
        arranging.held = nil
        pointer.pull = nil
        guard !hasOverlay, chooser == nil, prompt == nil else { return }
        if case .border(let border) = input.target {
            arranging.held = border
        } else if case .spot(let pane, .edge(let id)) = input.target {
            let held = within(pane) { pane.kind.grip(.edge(id), at: input.point.x, $0) }
            pointer.pull = held.map { (pane, $0) }
        } else if let place = layout.places.first(where: { $0.rect.inset().contains(input.point) }) {
            pointer.selection = PaneSelection(place.rect.inset(), at: input.point)
        }
    }

    mutating func drag(to point: Point) {
        if let border = arranging.held {
            drag(border, to: point)
        } else if let (pane, held) = pointer.pull {
            within(pane) { pane.kind.pull(held, to: point.x, &$0) }
        } else {
            pointer.selection?.drag(to: point)
        }
    }

    /// The button went up: what was selected goes into the clipboard.
    mutating func letGo() -> [Effect] {
        arranging.held = nil
        pointer.pull = nil
        guard let selection = pointer.selection, !selection.isEmpty else {
            pointer.selection = nil
            return []
        }
        let rows = selection.rows.count
        tell(.success, rows == 1 ? words("copied what was selected") : words("copied \(Format.count(rows, "line"))"))
        return [.copySelection(selection)]
    }

    /// The right button: what it points at is chosen, and what can be done with it appears there.
    mutating func pressForMenu(_ input: MouseInput) -> [Effect] {
        pointer.selection = nil
        palette = nil
        guard !hasOverlay else {
            dialog = nil
            return []
        }
        prompt = nil
        var effects: [Effect] = []
        switch input.target {
        case .spot(let pane, let spot):
            switch spot {
            case .header, .edge: focus = pane
            default:
                effects = inside(pane) { pane.kind.press(spot, isDouble: false, &$0) }
            }
        case .pane(let pane): focus = pane
        default: return []
        }
        openMenu(at: input.point)
        return effects
    }

    mutating func pressInPalette(_ target: HitTarget?, _ open: PaletteState) -> [Effect] {
        switch target {
        case .paletteRow(let index):
            guard open.rows.indices.contains(index) else { return [] }
            palette?.selected = index
            return carryOut(open.rows[index].entry)
        case .palette: return []
        default:
            palette = nil
            return []
        }
    }
}
