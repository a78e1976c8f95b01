import Terminal

/// Draws the help above the panes.
enum HelpPane {
    static func draw(_ state: DashboardState, in body: Rect, _ frame: inout Frame, _ look: Look) {
        let lines = HelpText(state).lines
        let ground = look[.dialog].background
        // A search that finds little does not make the box jump.
        let wanted = state.helpSearch == nil ? lines.count + 2 : body.height
        let rect = body.centered(Size(width: min(body.width, 84), height: min(body.height, wanted)))
        frame.cover()
        frame.hit(rect, .help)
        frame.canvas.fill(rect, style: look[.dialog])
        let whole = frame.canvas.box(
            rect, glyphs: look.glyphs, style: look[.dialogBorder],
            title: [Span(words("Help"), look[.title].on(ground))],
            trailing: [Span(words("/ searches, Esc closes"), look[.muted].on(ground))])
        var inside = whole
        if let search = state.helpSearch {
            search.draw(on: &frame.canvas, in: whole.row(0), look: look, prompt: " \(words("search:")) ")
            inside = whole.splitTop(1).rest
            if lines.isEmpty {
                frame.canvas.put(
                    words("nothing here is called so"), at: Point(x: inside.x + 1, y: inside.y), style: look[.dialog],
                    maxWidth: inside.width - 2)
            }
        }
        let scroll = ScrollMath.clamp(state.helpScroll, height: inside.height, count: lines.count)
        for (index, line) in lines.dropFirst(scroll).prefix(inside.height).enumerated() {
            draw(line, at: Point(x: inside.x + 1, y: inside.y + index), width: inside.width - 2, &frame, look)
        }
        if lines.count > inside.height {
            Scrollbar(offset: scroll, visible: inside.height, count: lines.count).draw(
                on: &frame.canvas, in: Rect(x: inside.right - 1, y: inside.y, width: 1, height: inside.height),
                look: look)
        }
    }

    private static func draw(_ line: HelpText.Line, at point: Point, width: Int, _ frame: inout Frame, _ look: Look) {
        let ground = look[.dialog].background
        if line.isHeading {
            frame.canvas.put(line.text, at: point, style: look[.title].on(ground), maxWidth: width)
            return
        }
        let gap = String(repeating: " ", count: max(1, 16 - SafeText.width(line.key)))
        frame.canvas.put(
            [Span("  \(line.key)", look[.key].on(ground)), Span(gap + line.text, look[.dialog])], at: point,
            maxWidth: width)
    }

    static func clamp(_ scroll: Int, _ state: DashboardState) -> Int {
        let height = max(1, state.layout.body.height - (state.helpSearch == nil ? 2 : 3))
        return ScrollMath.clamp(scroll, height: height, count: HelpText(state).lines.count)
    }
}
