import Engine
import Terminal

extension DashboardState {
    mutating func mouse(_ input: MouseInput) -> [Effect] {
        if let effects = point(input) { return effects }
        switch input.kind {
        case .other: return []
        case .wheel(let step): return wheel(step, on: input.target)
        case .press, .doublePress:
            pointer.selection = nil
            hold(input)
            if mark(input) { return [] }
            return press(on: input.target, isDouble: input.kind == .doublePress)
        case .menu: return pressForMenu(input)
        case .drag: drag(to: input.point)
        case .release: return letGo()
        case .hover: pointer.hover = input.target
        }
        return []
    }

    /// With Ctrl a press marks what it points at, with Shift all up to there.
    private mutating func mark(_ input: MouseInput) -> Bool {
        guard let event = input.event, event.control || event.shift, canPoint, chooser == nil,
            case .spot(let pane, let spot) = input.target
        else { return false }
        return within(pane) { pane.kind.mark(spot, isRange: event.shift, &$0) }
    }

    /// Nothing lies above the panes.
    private var canPoint: Bool {
        dialog == nil && form == nil && prompt == nil && palette == nil && !isHelpShown && !transfers.isShown
    }

    /// A pane that wants the mouse cell by cell gets it, when nothing lies above it.
    private mutating func point(_ input: MouseInput) -> [Effect]? {
        guard let event = input.event, canPoint else { return nil }
        let layout = layout
        if event.kind == .drag || event.isRelease {
            guard let rect = layout.rect(of: focus) else { return nil }
            return focus.kind.point(event, isDouble: input.kind == .doublePress, in: rect, &self)
        }
        guard let place = layout.places.first(where: { $0.rect.contains(event.position) }) else { return nil }
        // What there is for pointing at, such as tabs and borders, stays that.
        guard case .pane = input.target else { return nil }
        return place.pane.kind.point(event, isDouble: input.kind == .doublePress, in: place.rect, &self)
    }

    private mutating func wheel(_ step: Int, on target: HitTarget?) -> [Effect] {
        if var open = palette {
            open.move(step > 0 ? 1 : -1)
            open.keepVisible(PaletteView.height(open, layout.body))
            palette = open
            return []
        }
        if dialog != nil {
            dialog?.move(step > 0 ? 1 : -1)
            return []
        }
        if chooser != nil { return pressInChooser(step > 0 ? .down : .up) }
        if form != nil { return [] }
        if isHelpShown {
            helpScroll = HelpPane.clamp(helpScroll + step, self)
            return []
        }
        if transfers.isShown {
            transfers.select(transfers.selected + (step > 0 ? 1 : -1))
            return []
        }
        // The wheel scrolls what is under it and leaves the focus where it is.
        switch target {
        case .pane(let pane), .spot(let pane, _):
            let before = focus
            focus = pane
            defer { focus = before }
            return inside(pane) { pane.kind.move(step, &$0) }
        default: return []
        }
    }

    private mutating func press(on target: HitTarget?, isDouble: Bool) -> [Effect] {
        if let open = palette { return pressInPalette(target, open) }
        if dialog != nil {
            switch target {
            case .dialogItem(let index):
                guard let dialog, dialog.items.indices.contains(index) else { return [] }
                return choose(dialog.items[index].choice)
            case .dialog: return []
            default:
                dialog = nil
                return []
            }
        }
        if chooser != nil { return pressInChooser(target) }
        if form != nil { return pressInForm(target) }
        if isHelpShown {
            if target != .help { isHelpShown = false }
            return []
        }
        if transfers.isShown { return pressInTransfers(target) }
        switch target {
        case .tab(let name): open(name)
        case .pane(let pane): focus = pane
        case .spot(let pane, let spot): return inside(pane) { pane.kind.press(spot, isDouble: isDouble, &$0) }
        case .page(let index): if index != pages.index { showPage(index) }
        case .hint(let action):
            prompt = nil
            return act(action)
        case .border, .paletteRow, .palette, .dialogItem, .dialog, .help, .formPlace, .transferRow, .transferStop,
            .transferForget, .overlay, nil:
            break
        }
        return []
    }
}
