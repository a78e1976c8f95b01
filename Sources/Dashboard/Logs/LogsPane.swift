import Engine
import Search
import Terminal

/// The logs of the selected container, of the marked ones, or of all that run.
enum LogsPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let logs = state.logs
        let inside = frame.pane(
            rect, title: heading(logs, look), trailing: logs.query.sources.isEmpty ? [] : flags(logs, look),
            isFocused: state.focus == .logs, look: look)
        let lines = logs.window.lines
        guard !lines.isEmpty else {
            frame.emptiness(emptyWords(state), in: inside, seed: 11, now: state.now, look: look)
            return
        }
        let geometry = LogGeometry(logs, in: rect)
        let position = state.logPosition(geometry)
        var painter = LogPainter(
            logs,
            time: LogTime(mode: logs.time, offset: logs.zone ?? state.utcOffset, now: state.now, hasDays: logs.hasDays),
            geometry: geometry, look: look)
        painter.highlighter = state.logHighlighter
        var places: [(y: Int, line: Int)] = []
        frame.canvas.clipped(to: inside) { canvas in
            places = painter.draw(lines, from: position, on: &canvas, in: inside)
        }
        for (y, line) in places {
            frame.hit(Rect(x: inside.x, y: y, width: inside.width, height: 1), .spot(pane, .place(line)))
        }
        if lines.count > inside.height {
            Scrollbar(offset: position.line, visible: inside.height, count: lines.count).draw(
                on: &frame.canvas,
                in: Rect(x: inside.right, y: inside.y, width: 1, height: inside.height), look: look)
        }
    }

    private static func heading(_ logs: LogState, _ look: Look) -> [Span] {
        let sources = logs.query.sources
        switch sources.count {
        case 0: return [Span(words("Logs"), look[.title])]
        case 1: return [Span("\(words("Logs")) ", look[.title]), Span(sources[0].name, look[.secondary])]
        default:
            let what = logs.showsAll ? words("all that run") : words("marked")
            return [
                Span("\(words("Logs")) ", look[.title]),
                Span(words("\(sources.count) containers, \(what)"), look[.secondary]),
            ]
        }
    }

    private static func flags(_ logs: LogState, _ look: Look) -> [Span] {
        var phrases: [Span] = []
        func add(_ text: String, _ style: Style) {
            if !phrases.isEmpty { phrases.append(Span(" \(look.glyphs.separator) ", look[.faint])) }
            phrases.append(Span(text, style))
        }
        if logs.isSaving { add(words("saving"), look[.info]) }
        if let part = logs.pending {
            let what = part.slot == .find ? words("searching") : words("reading")
            add(logs.progress.map { words("\(what) \(Int($0 * 100)) %, Esc stops") } ?? what, look[.info])
        }
        if logs.pending == nil, logs.awaitsFirst, let progress = logs.progress {
            add(words("looking through it, \(Int(progress * 100)) %"), look[.info])
        }
        if logs.failure != nil, !logs.window.lines.isEmpty { add(words("broken off"), look[.error]) }
        if let filter = logs.query.filter { add(words("lines: \(filter.typed)"), look[.tertiary]) }
        if let search = logs.search { add("/\(search.pattern.typed)\(count(search))", look[.tertiary]) }
        if let run = logs.run { add(run == 1 ? words("previous run") : words("\(run) runs before"), look[.warning]) }
        if logs.range != .all { add(logs.range.title, look[.muted]) }
        switch logs.time {
        case .off, .local: break
        case .utc: add("UTC", look[.muted])
        case .relative: add(words("ago"), look[.muted])
        }
        if !logs.wraps { add(words("cut"), look[.muted]) }
        if logs.anchor != nil { add(words("selecting, c copies"), look[.info]) }
        if logs.isFollowing {
            add(
                logs.hasEnded || logs.run != nil ? words("ended") : words("following"),
                look[logs.hasEnded ? .faint : .ok])
        } else if logs.window.reachesStart, logs.top == 0, logs.topRow == 0 {
            add(words("the beginning"), look[.warning])
        } else {
            add(logs.window.reachesEnd ? words("held") : words("older lines"), look[.warning])
        }
        return phrases
    }

    /// ` 3/57`, while it is being counted ` …`.
    private static func count(_ search: LogSearch) -> String {
        guard let total = search.total else { return search.isCounting ? " …" : "" }
        let given = search.exhausted > 0 ? " \(words("+\(search.exhausted) too slow"))" : ""
        guard search.hit != nil, let rank = search.rank else { return " \(total)\(given)" }
        return " \(rank)/\(total)\(given)"
    }

    private static func emptyWords(_ state: DashboardState) -> [String] {
        let logs = state.logs
        if let failure = logs.failure { return [words("the log cannot be read"), failure] }
        guard !logs.query.sources.isEmpty else { return [words("no container is selected")] }
        if let filter = logs.query.filter {
            if logs.awaitsFirst || logs.pending != nil {
                return [words("looking for lines: \(filter.typed)"), words("Esc shows all")]
            }
            return [words("no line fits: \(filter.typed)"), words("Esc shows all lines, & changes the filter")]
        }
        if logs.run != nil {
            return [words("that run has left no output"), words("p goes one run further back, 0 shows all")]
        }
        guard logs.range != .all else { return [words("no output yet")] }
        if case .cleared = logs.range { return [words("cleared"), words("0 shows all")] }
        return [words("no output in the \(logs.range.title)"), words("0 shows all")]
    }
}
