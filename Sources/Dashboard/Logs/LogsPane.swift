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
        case 0: return [Span("Logs", look[.title])]
        case 1: return [Span("Logs ", look[.title]), Span(sources[0].name, look[.secondary])]
        default:
            let what = logs.showsAll ? "all that run" : "marked"
            return [Span("Logs ", look[.title]), Span("\(sources.count) containers, \(what)", look[.secondary])]
        }
    }

    private static func flags(_ logs: LogState, _ look: Look) -> [Span] {
        var words: [Span] = []
        func add(_ text: String, _ style: Style) {
            if !words.isEmpty { words.append(Span(" \(look.glyphs.separator) ", look[.faint])) }
            words.append(Span(text, style))
        }
        if logs.isSaving { add("saving", look[.info]) }
        if let part = logs.pending {
            let what = part.slot == .find ? "searching" : "reading"
            add(logs.progress.map { "\(what) \(Int($0 * 100)) %, Esc stops" } ?? what, look[.info])
        }
        if logs.pending == nil, logs.awaitsFirst, let progress = logs.progress {
            add("looking through it, \(Int(progress * 100)) %", look[.info])
        }
        if logs.failure != nil, !logs.window.lines.isEmpty { add("broken off", look[.error]) }
        if let filter = logs.query.filter { add("lines: \(filter.typed)", look[.tertiary]) }
        if let search = logs.search { add("/\(search.pattern.typed)\(count(search))", look[.tertiary]) }
        if let run = logs.run { add(run == 1 ? "previous run" : "\(run) runs before", look[.warning]) }
        if logs.range != .all { add(logs.range.title, look[.muted]) }
        switch logs.time {
        case .off, .local: break
        case .utc: add("UTC", look[.muted])
        case .relative: add("ago", look[.muted])
        }
        if !logs.wraps { add("cut", look[.muted]) }
        if logs.anchor != nil { add("selecting, c copies", look[.info]) }
        if logs.isFollowing {
            add(logs.hasEnded || logs.run != nil ? "ended" : "following", look[logs.hasEnded ? .faint : .ok])
        } else if logs.window.reachesStart, logs.top == 0, logs.topRow == 0 {
            add("the beginning", look[.warning])
        } else {
            add(logs.window.reachesEnd ? "held" : "older lines", look[.warning])
        }
        return words
    }

    /// ` 3/57`, while it is being counted ` …`.
    private static func count(_ search: LogSearch) -> String {
        guard let total = search.total else { return search.isCounting ? " …" : "" }
        let given = search.exhausted > 0 ? " +\(search.exhausted) too slow" : ""
        guard search.hit != nil, let rank = search.rank else { return " \(total)\(given)" }
        return " \(rank)/\(total)\(given)"
    }

    private static func emptyWords(_ state: DashboardState) -> [String] {
        let logs = state.logs
        if let failure = logs.failure { return ["the log cannot be read", failure] }
        guard !logs.query.sources.isEmpty else { return ["no container is selected"] }
        if let filter = logs.query.filter {
            if logs.awaitsFirst || logs.pending != nil {
                return ["looking for lines: \(filter.typed)", "Esc shows all"]
            }
            return ["no line fits: \(filter.typed)", "Esc shows all lines, & changes the filter"]
        }
        if logs.run != nil { return ["that run has left no output", "p goes one run further back, 0 shows all"] }
        guard logs.range != .all else { return ["no output yet"] }
        if case .cleared = logs.range { return ["cleared", "0 shows all"] }
        return ["no output in the \(logs.range.title)", "0 shows all"]
    }
}
