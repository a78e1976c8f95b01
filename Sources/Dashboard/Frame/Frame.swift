import Engine
import Terminal

/// One finished picture, and what can be pointed at in it.
struct Frame: Sendable {
    var canvas: Canvas
    private(set) var hits: [(rect: Rect, target: HitTarget)] = []

    init(size: Size) { canvas = Canvas(size: size) }

    mutating func hit(_ rect: Rect, _ target: HitTarget) {
        if !rect.isEmpty { hits.append((rect, target)) }
    }

    /// What was drawn last at a point lies on top.
    func target(at point: Point) -> HitTarget? { hits.last { $0.rect.contains(point) }?.target }

    /// What a pinned pane has drawn is that pane's, not the one's without a pin.
    private mutating func address(from start: Int, _ pane: Pane) {
        for index in hits.indices.dropFirst(start) {
            switch hits[index].target {
            case .spot(pane.base, let spot): hits[index].target = .spot(pane, spot)
            case .pane(pane.base): hits[index].target = .pane(pane)
            default: break
            }
        }
    }

    /// Shows what a press would hit.
    private mutating func highlight(_ target: HitTarget, _ look: Look) {
        guard let place = hits.last(where: { $0.target == target })?.rect else { return }
        switch target {
        case .pane, .dialog, .palette, .help, .overlay: return
        case .border:
            canvas.restyle(place) { $0.foreground = look[.focus].foreground }
        case .spot(_, .edge):
            canvas.set(look.glyphs.vertical, at: place.origin, style: look[.focus])
        default:
            let ground = look[.selection].background
            // A table shows the row itself.
            var isRow = false
            if case .spot(let pane, .row) = target { isRow = pane.kind is any TablePane.Type }
            canvas.restyle(place) { style in
                if !isRow { style.attributes.insert(.underline) }
                if ground != .inherit, ground != .default {
                    style.background = style.background.mixed(with: ground, 0.35)
                }
            }
        }
    }

    /// Forgets all targets: a dialog lets nothing through.
    mutating func cover() { hits.removeAll() }

    /// Draws the whole dashboard from its state; the same state gives the same frame.
    static func draw(_ state: DashboardState, look: Look) -> Frame {
        var frame = Frame(size: Size(width: state.columns, height: state.rows))
        look.theme.paintBackground(&frame.canvas)
        let layout = state.layout
        guard !layout.isTooSmall else {
            frame.drawTooSmall(look)
            return frame
        }
        HeaderBar.draw(state, layout, &frame, look)
        for place in layout.places {
            frame.hit(place.rect, .pane(place.pane))
            let count = frame.hits.count
            place.pane.kind.draw(state.seen(by: place.pane), in: place.rect, &frame, look)
            if place.pane.pin != nil { frame.address(from: count, place.pane) }
        }
        for border in state.borders(layout) { frame.hit(border.rect, .border(border)) }
        if state.transfers.isShown { TransfersPanel.draw(state, in: layout.body, &frame, look) }
        FooterBar.draw(state, layout, &frame, look)
        if state.isHelpShown { HelpPane.draw(state, in: layout.body, &frame, look) }
        if let form = state.form { form.draw(in: layout.body, &frame, look) }
        state.drawChooser(in: layout.body, &frame, look)
        if let dialog = state.dialog { DialogView.draw(dialog, in: layout.body, &frame, look) }
        if let palette = state.palette { PaletteView.draw(palette, in: layout.body, &frame, look) }
        state.pointer.selection?.paint(on: &frame.canvas)
        if let hover = state.pointer.hover { frame.highlight(hover, look) }
        return frame
    }

    private mutating func drawTooSmall(_ look: Look) {
        let wanted = "\(Layout.minimum.width)x\(Layout.minimum.height)"
        let lines = [
            words("the terminal is too small"),
            words("it needs \(wanted), has \(canvas.size.width)x\(canvas.size.height)"),
        ]
        for (index, line) in lines.enumerated() {
            let y = max(0, (canvas.size.height - lines.count) / 2) + index
            let x = max(0, (canvas.size.width - SafeText.width(line)) / 2)
            canvas.put(
                line, at: Point(x: x, y: y), style: look[index == 0 ? .warning : .muted],
                maxWidth: canvas.size.width)
        }
    }

    /// A pane's frame; returns the room inside.
    mutating func pane(
        _ rect: Rect, title: [Span], trailing: [Span] = [], isFocused: Bool, look: Look
    ) -> Rect {
        canvas.box(
            rect, glyphs: look.glyphs, style: look[isFocused ? .focus : .border], title: title, trailing: trailing)
    }

    /// Words in the middle of an empty pane, with bubbles rising around them.
    mutating func emptiness(_ words: [String], in rect: Rect, seed: UInt64, now: Timestamp, look: Look) {
        for (index, line) in words.enumerated() {
            let width = SafeText.width(line)
            let y = rect.y + max(0, (rect.height - words.count) / 2) + index
            guard y < rect.bottom else { break }
            canvas.put(
                line, at: Point(x: rect.x + max(0, (rect.width - width) / 2), y: y),
                style: look[index == 0 ? .muted : .faint], maxWidth: rect.width)
        }
        Bubbles(seed: seed, tick: Self.tick(now)).draw(on: &canvas, in: rect, look: look)
    }

    /// The steps of slow animations: they move with the clock and cost no wake-up of their own.
    static func tick(_ now: Timestamp) -> Int { Int(now.seconds % 1_000_000) }
}
