import Emulator
import Engine
import Terminal

/// The picture: a frame that says whose keys they are, and within it cells, never bytes of the process.
extension ShellPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let own = state.shells
        let isFocused = state.focus == pane
        guard let session = own.current else {
            let inner = frame.pane(rect, title: [Span(words("Shells"), look[.title])], isFocused: isFocused, look: look)
            frame.emptiness(
                [words("no shell is open"), words("\(openingKey(state)) opens one in the selected container")],
                in: inner, seed: 11,
                now: state.now, look: look)
            return
        }
        let trailing = way(session, state)
        let title = titles(own, session, room: rect.width - 10 - SafeText.width(trailing), look)
        let inner = frame.pane(
            rect, title: title.map(\.span), trailing: [Span(trailing, look[isFocused ? .key : .muted])],
            isFocused: isFocused, look: look)
        hitTabs(title, at: Point(x: rect.x + 2, y: rect.y), &frame)
        if let picture = session.picture {
            draw(picture, session, isInside: isFocused && own.isInside, in: inner, &frame, look)
        } else if session.isLive {
            frame.emptiness(
                [words("opening a terminal in \(session.name) …")], in: inner, seed: 12, now: state.now, look: look)
        }
        let bottom = foot(session)
        if !bottom.isEmpty, rect.height > 2 {
            frame.canvas.put(
                " \(bottom) ", at: Point(x: rect.x + 2, y: rect.bottom - 1),
                style: look[session.isLive ? .info : .warning], maxWidth: max(0, rect.width - 4))
        }
    }

    /// How keys get in or out: always in sight.
    private static func way(_ session: ShellSession, _ state: DashboardState) -> String {
        let key = state.keys.key(for: .shellToggle).map(KeyMap.display) ?? "^P ^Q"
        if session.copy != nil { return words("v selects, y copies, q leaves") }
        guard session.isLive else { return words("Enter opens it again") }
        guard state.focus == pane else { return words("\(key) goes in") }
        return state.shells.isInside ? words("\(key) or ^P ^Q leaves") : words("Enter or \(key) goes in")
    }

    private static func foot(_ session: ShellSession) -> String {
        if let ending = session.ending { return ending }
        var parts: [String] = []
        if let mode = session.copy {
            parts.append(mode.anchor == nil ? words("reading") : words("selecting"))
            if !session.search.isEmpty { parts.append("/\(session.search)") }
        }
        if session.linesBack > 0 {
            parts.append(
                words("\(Format.count(session.linesBack, "line")) back of \(session.picture?.history.count ?? 0)"))
        }
        return parts.joined(separator: "  ")
    }

    // MARK: The title

    private struct Title {
        var span: Span
        /// The session that it stands for.
        var id: Int?
    }

    private static func titles(_ own: ShellState, _ session: ShellSession, room: Int, _ look: Look) -> [Title] {
        func name(_ other: ShellSession, _ index: Int) -> String {
            let sign = other.isLive ? other.hasNews && other.id != session.id ? "*" : "" : "!"
            let what = other.subject == .attach ? "@" : ""
            return (own.sessions.count > 1 ? "\(index + 1) " : "") + what + other.name + sign
        }
        var titles = own.sessions.enumerated().flatMap { index, other -> [Title] in
            let style = other.id == session.id ? look[.title].with(.bold) : look[.muted]
            return (index == 0 ? [] : [Title(span: Span("  "))])
                + [Title(span: Span(name(other, index), style), id: other.id)]
        }
        func width() -> Int { titles.reduce(0) { $0 + $1.span.width } }
        if width() > room {
            let place = own.sessions.count > 1 ? "\((own.index ?? 0) + 1)/\(own.sessions.count) " : ""
            titles = [Title(span: Span(place + session.name, look[.title].with(.bold)), id: session.id)]
        }
        let left = room - width() - 3
        if let program = session.picture?.title, !program.isEmpty, left >= 8 {
            let cut = SafeText.width(program) > left ? String(program.prefix(max(1, left / 2))) + "…" : program
            titles.append(Title(span: Span(" \(look.glyphs.separator) \(cut)", look[.muted])))
        }
        return titles
    }

    private static func hitTabs(_ titles: [Title], at point: Point, _ frame: inout Frame) {
        var x = point.x
        for title in titles {
            if let id = title.id {
                frame.hit(Rect(x: x, y: point.y, width: title.span.width, height: 1), .spot(pane, .place(id)))
            }
            x += title.span.width
        }
    }

    // MARK: The screen

    private static func draw(
        _ picture: ScreenPicture, _ session: ShellSession, isInside: Bool, in room: Rect, _ frame: inout Frame,
        _ look: Look
    ) {
        let selection = session.copy?.selection ?? session.selection.flatMap { $0.anchor == $0.end ? nil : $0 }
        let first = session.firstLine
        let text = look[.text].foreground
        frame.canvas.clipped(to: room) { canvas in
            for row in 0..<min(room.height, picture.size.height) {
                let line = picture.line(first + row)
                for (column, cell) in line.cells.prefix(room.width).enumerated() where cell.width > 0 {
                    var cell = cell
                    cell.style = shown(cell.style, text)
                    canvas.set(cell, at: Point(x: room.x + column, y: room.y + row))
                }
                if let columns = selection?.columns(of: first + row) {
                    let range = columns.clamped(to: 0...max(0, room.width - 1))
                    // An empty line shows that it is taken with one cell.
                    let end = min(range.upperBound, max(range.lowerBound, line.cells.count))
                    paint(
                        Rect(
                            x: room.x + range.lowerBound, y: room.y + row, width: end - range.lowerBound + 1, height: 1),
                        look, &canvas)
                }
            }
            if let mode = session.copy {
                mark(Point(x: room.x + mode.cursor.column, y: room.y + mode.cursor.line - first), .reverse, &canvas)
            } else if session.isLive, session.top == nil, picture.isCursorVisible {
                let shape: Attributes = isInside && picture.cursorShape == .block ? .reverse : .underline
                mark(Point(x: room.x + picture.cursor.x, y: room.y + picture.cursor.y), shape, &canvas)
            }
        }
    }

    /// The terminal's own colours are the theme's here.
    private static func shown(_ style: Style, _ text: Color) -> Style {
        var style = style
        if style.foreground == .default { style.foreground = text }
        if style.background == .default { style.background = .inherit }
        return style
    }

    private static func mark(_ point: Point, _ attribute: Attributes, _ canvas: inout Canvas) {
        canvas.restyle(Rect(x: point.x, y: point.y, width: 1, height: 1)) {
            $0.attributes.formSymmetricDifference(attribute)
        }
    }

    private static func paint(_ rect: Rect, _ look: Look, _ canvas: inout Canvas) {
        let chosen = look[.selection]
        canvas.restyle(rect) { style in
            if chosen.background == .inherit || chosen.background == .default {
                style.attributes.formSymmetricDifference(.reverse)
            } else {
                style.background = chosen.background
                if chosen.foreground != .default { style.foreground = chosen.foreground }
            }
        }
    }
}
