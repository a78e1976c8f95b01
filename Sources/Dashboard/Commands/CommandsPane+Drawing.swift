import Engine
import Terminal

extension CommandsPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let own = state.commandRuns
        guard let run = own.run else {
            let inside = frame.pane(
                rect, title: [Span(words(for: title), look[.title])], isFocused: state.focus == pane, look: look)
            let key = state.keys.key(for: .commands).map(KeyMap.display) ?? ""
            frame.emptiness(
                [words("no command has run yet"), words("\(key) lists your commands and takes a line for the shell")],
                in: inside, seed: 31, now: state.now, look: look)
            return
        }
        let inside = frame.pane(
            rect, title: [Span(run.title, look[.title])], trailing: flags(run, own, state, look),
            isFocused: state.focus == pane, look: look)
        let first = own.first(height: inside.height)
        for (row, line) in run.lines.dropFirst(first).prefix(inside.height).enumerated() {
            let isHeading = line.hasPrefix("── ")
            let shown = String(SafeText.string(line).dropFirst(own.column))
            frame.canvas.put(
                shown, at: Point(x: inside.x + 1, y: inside.y + row), style: look[isHeading ? .secondary : .text],
                maxWidth: inside.width - 2)
        }
        if run.lines.isEmpty {
            frame.emptiness(
                [run.isRunning ? words("no output yet") : words("no output")], in: inside, seed: 31, now: state.now,
                look: look
            )
        }
        if run.lines.count > inside.height {
            Scrollbar(offset: first, visible: inside.height, count: run.lines.count).draw(
                on: &frame.canvas, in: Rect(x: inside.right, y: inside.y, width: 1, height: inside.height), look: look)
        }
    }

    /// How it stands, at the right of the frame.
    private static func flags(
        _ run: CommandRun, _ own: CommandsState, _ state: DashboardState, _ look: Look
    ) -> [Span] {
        var spans: [Span] = []
        func add(_ text: String, _ style: Style) {
            if !spans.isEmpty { spans.append(Span(" \(look.glyphs.separator) ", look[.faint])) }
            spans.append(Span(text, style))
        }
        if own.runs.count > 1, let index = own.runs.firstIndex(where: { $0.number == run.number }) {
            add("\(index + 1)/\(own.runs.count)", look[.muted])
        }
        if run.dropped > 0 { add(words("\(run.dropped) older lines are gone"), look[.muted]) }
        let took = Format.compactDuration(seconds: Format.age(of: run.since, now: run.until ?? state.now))
        switch run.state {
        case .running: add(words("running for \(took)"), look[.info])
        case .cancelled: add(words("ended by you"), look[.warning])
        case .ended(.exited(0)): add(words("done in \(took)"), look[.ok])
        case .ended(.exited(let code)): add(words("exit code \(code)"), look[.error])
        case .ended(.failed(let why)): add(why, look[.error])
        }
        return spans
    }
}
