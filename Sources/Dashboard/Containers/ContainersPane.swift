import Engine
import Terminal

/// The containers' table.
enum ContainersPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let list = state.list.table
        guard list.isLoaded, list.all.isEmpty, list.failure == nil else {
            return drawTable(TableTitle(text: words("Containers"), nothing: []), state, in: rect, &frame, look)
        }
        let inside = frame.pane(
            rect, title: [Span("\(words("Containers")) ", look[.title]), Span("0", look[.muted])],
            isFocused: state.focus == .containers, look: look)
        drawGreeting(state, in: inside, &frame, look)
    }

    static func graphKind(_ state: DashboardState, _ look: Look) -> GraphKind {
        if look.glyphs.isASCII { return .ascii }
        switch state.graphs.glyphStyle {
        case .blocks: return .block
        case .ascii: return .ascii
        case .braille, nil: return .braille
        }
    }

    static func glyph(_ state: ContainerState, _ look: Look) -> Unicode.Scalar {
        switch state {
        case .running: look.glyphs.dot
        case .paused: look.glyphs.pause
        case .restarting: look.glyphs.isASCII ? "r" : "↻"
        case .created, .exited: look.glyphs.ring
        case .dead: look.glyphs.isASCII ? "x" : "×"
        }
    }

    static func stateStyle(_ container: Container, _ state: DashboardState, _ look: Look) -> Style {
        if state.progress(of: container.id) != nil { return look[.warning] }
        if state.isStale(container) { return look[.faint] }
        switch container.state {
        case .running: return look[container.health == .unhealthy ? .dead : .running]
        case .paused: return look[.paused]
        case .restarting: return look[.restarting]
        case .created: return look[.created]
        case .exited(let exit): return look[exit.code == 0 ? .exited : .dead]
        case .dead: return look[.dead]
        }
    }

    static func stateText(_ container: Container, _ state: DashboardState, _ look: Look) -> String {
        if let progress = state.progress(of: container.id) {
            return words(for: progress) + String(look.glyphs.ellipsis)
        }
        if state.isStale(container) { return "\(container.state.shownName)?" }
        switch container.state {
        case .exited(let exit): return exit.oomKilled ? words("oom-killed") : words("exited (\(exit.code))")
        case .running: return words(for: container.health?.rawValue ?? container.state.name)
        default: return container.state.shownName
        }
    }

    static func uptime(_ state: ContainerState, now: Timestamp) -> String {
        if let exit = state.exit {
            return Format.ago(Format.compactDuration(seconds: Format.age(of: exit.finishedAt, now: now)))
        }
        return state.startedAt.map { Format.compactDuration(seconds: Format.age(of: $0, now: now)) } ?? ""
    }

    /// The whale of an empty sea, in the middle of what is there, and how to begin.
    private static func drawGreeting(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let tick = Frame.tick(state.now)
        let phrases = [
            [Span(words("nothing in sight yet"), look[.title])], [],
            [
                Span("spyhop demo             ", look[.key]),
                Span(words("five containers worth watching"), look[.muted]),
            ],
            [
                Span("spyhop run -it IMAGE sh ", look[.key]),
                Span("\(words("a first one of your own"))       ", look[.muted]),
            ],
        ]
        let height = Whale.size.height + 1 + phrases.count
        let room = rect.height > height ? rect.splitTop((rect.height - height) / 2).rest : rect
        let below = Whale(tick: tick).draw(on: &frame.canvas, in: room, look: look)
        let gap = below.height > phrases.count && below.y > room.y ? 1 : 0
        let shown = below.height >= phrases.count ? phrases : phrases.filter { !$0.isEmpty }
        for (index, line) in shown.enumerated() where index + gap < below.height {
            let width = line.reduce(0) { $0 + $1.width }
            let place = Point(x: rect.x + max(0, (rect.width - width) / 2), y: below.y + gap + index)
            frame.canvas.put(line, at: place, maxWidth: rect.width)
        }
        Bubbles(seed: 7, tick: tick).draw(on: &frame.canvas, in: rect, look: look)
    }
}
