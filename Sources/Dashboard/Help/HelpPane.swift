import Terminal

/// All keys, from the key map that is in force.
enum HelpPane {
    static func draw(_ state: DashboardState, in body: Rect, _ frame: inout Frame, _ look: Look) {
        let lines = lines(state, look)
        let rect = body.centered(Size(width: min(body.width, 84), height: min(body.height, lines.count + 2)))
        frame.cover()
        frame.hit(rect, .help)
        frame.canvas.fill(rect, style: look[.dialog])
        let inside = frame.canvas.box(
            rect, glyphs: look.glyphs, style: look[.dialogBorder],
            title: [Span("Keys", look[.title].on(look[.dialog].background))],
            trailing: [Span("Esc closes", look[.muted].on(look[.dialog].background))])
        let scroll = ScrollMath.clamp(state.helpScroll, height: inside.height, count: lines.count)
        for (index, line) in lines.dropFirst(scroll).prefix(inside.height).enumerated() {
            frame.canvas.put(line, at: Point(x: inside.x + 1, y: inside.y + index), maxWidth: inside.width - 2)
        }
        if lines.count > inside.height {
            Scrollbar(offset: scroll, visible: inside.height, count: lines.count).draw(
                on: &frame.canvas, in: Rect(x: inside.right - 1, y: inside.y, width: 1, height: inside.height),
                look: look)
        }
    }

    static func clamp(_ scroll: Int, _ state: DashboardState) -> Int {
        let look = Look(theme: .plain, glyphs: .ascii)
        return ScrollMath.clamp(scroll, height: max(1, state.layout.body.height - 2), count: lines(state, look).count)
    }

    private static func lines(_ state: DashboardState, _ look: Look) -> [[Span]] {
        let ground = look[.dialog].background
        var lines: [[Span]] = []
        // What the keys do right here comes first.
        let here = state.focus.keyContexts
        for context in here + KeyContext.all.filter({ !here.contains($0) }) {
            let bindings = state.keys.bindings.filter { $0.context == context && !$0.keys.isEmpty }
            guard !bindings.isEmpty else { continue }
            if !lines.isEmpty { lines.append([]) }
            lines.append([Span(context.title, look[.title].on(ground))])
            for binding in bindings {
                let keys = binding.keys.map(KeyMap.display).joined(separator: " ")
                let gap = String(repeating: " ", count: max(1, 16 - SafeText.width(keys)))
                lines.append([
                    Span("  \(keys)", look[.key].on(ground)), Span(gap + binding.help, look[.dialog]),
                ])
            }
        }
        lines.append([])
        lines.append([Span("Filters", look[.title].on(ground))])
        for (text, help) in [
            ("web", "what has web in its name, image, state or identifier"), ("!web", "all that has not"),
            ("-l app=shop", "what carries the label; -l app for any value"),
            ("-n front", "containers on the network; -v data: those that mount the volume"),
        ] {
            let gap = String(repeating: " ", count: max(1, 16 - text.utf8.count))
            lines.append([Span("  \(text)", look[.key].on(ground)), Span(gap + help, look[.dialog])])
        }
        return lines
    }
}
