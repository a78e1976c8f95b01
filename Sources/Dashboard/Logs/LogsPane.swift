import Engine
import Terminal

/// The log of the selected container.
enum LogsPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let logs = state.logs
        let name = state.selected?.name ?? ""
        let inside = frame.pane(
            rect, title: [Span(name.isEmpty ? "Logs" : "Logs ", look[.title]), Span(name, look[.secondary])],
            trailing: state.selected == nil ? [] : flags(logs, look),
            isFocused: state.focus == .logs, look: look)
        let lines = logs.window.lines
        guard !lines.isEmpty else {
            frame.emptiness(emptyWords(state), in: inside, seed: 11, now: state.now, look: look)
            return
        }
        let geometry = LogGeometry(logs, in: rect)
        let last = geometry.bottomPosition(lines)
        let wanted = LogGeometry.Position(line: logs.top, row: logs.topRow)
        let position = logs.isFollowing || last < wanted ? last : wanted
        var painter = LogPainter(
            search: logs.search, column: logs.column, showsTime: logs.showsTime, utcOffset: state.utcOffset,
            geometry: geometry, look: look)
        frame.canvas.clipped(to: inside) { canvas in
            painter.draw(lines, from: position, on: &canvas, in: inside)
        }
        if lines.count > inside.height {
            Scrollbar(offset: position.line, visible: inside.height, count: lines.count).draw(
                on: &frame.canvas,
                in: Rect(x: inside.right, y: inside.y, width: 1, height: inside.height), look: look)
        }
    }

    private static func flags(_ logs: LogState, _ look: Look) -> [Span] {
        var words: [Span] = []
        func add(_ text: String, _ style: Style) {
            if !words.isEmpty { words.append(Span(" \(look.glyphs.separator) ", look[.faint])) }
            words.append(Span(text, style))
        }
        if logs.pending != nil { add("reading", look[.info]) }
        if logs.failure != nil, !logs.window.lines.isEmpty { add("broken off", look[.error]) }
        if let search = logs.search { add("/\(search.text)", look[.tertiary]) }
        if logs.range != .all { add(logs.range.title, look[.muted]) }
        if !logs.wraps { add("cut", look[.muted]) }
        if logs.isFollowing {
            add(logs.hasEnded ? "ended" : "following", look[logs.hasEnded ? .faint : .ok])
        } else if logs.window.reachesStart, logs.top == 0, logs.topRow == 0 {
            add("the beginning", look[.warning])
        } else {
            add(logs.window.reachesEnd ? "held" : "older lines", look[.warning])
        }
        return words
    }

    private static func emptyWords(_ state: DashboardState) -> [String] {
        if let failure = state.logs.failure { return ["the log cannot be read", failure] }
        guard state.selected != nil else { return ["no container is selected"] }
        guard state.logs.range != .all else { return ["no output yet"] }
        return ["no output in the \(state.logs.range.title)", "0 shows all"]
    }
}
