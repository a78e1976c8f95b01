import Terminal

/// Draws the palette from the top of the screen, and menus in its middle or at the pointer.
enum PaletteView {
    /// Rows of the list that there is room for.
    static func height(_ palette: PaletteState, _ body: Rect) -> Int {
        max(1, rect(palette, body).height - (palette.isMenu ? 3 : 4))
    }

    private static func rect(_ palette: PaletteState, _ body: Rect) -> Rect {
        let lines = palette.isMenu ? palette.rows.count + headings(palette) : max(palette.rows.count, 12)
        let height = min(body.height, lines + (palette.isMenu ? 3 : 4))
        guard palette.isMenu else {
            let width = min(body.width - 4, 92)
            return Rect(x: body.x + (body.width - width) / 2, y: body.y, width: width, height: min(height, 20))
        }
        let size = Size(width: min(body.width - 4, wanted(palette)), height: height)
        guard let point = palette.anchor else { return body.centered(size) }
        // At the pointer, as far as the screen reaches.
        return Rect(
            x: max(body.x, min(point.x, body.right - size.width)),
            y: max(body.y, min(point.y, body.bottom - size.height)),
            width: size.width, height: size.height)
    }

    private static func wanted(_ palette: PaletteState) -> Int {
        let longest =
            palette.entries.map { SafeText.width($0.title) + SafeText.width($0.obstacle ?? $0.key) + 8 }.max() ?? 0
        return max(36, min(longest, 76))
    }

    /// Groups have a line of their own as long as nothing is typed.
    private static func headings(_ palette: PaletteState) -> Int {
        guard palette.isMenu, palette.line.text.isEmpty else { return 0 }
        return Set(palette.entries.map(\.group)).count
    }

    static func draw(_ palette: PaletteState, in body: Rect, _ frame: inout Frame, _ look: Look) {
        let rect = rect(palette, body)
        let ground = look[.dialog]
        frame.cover()
        frame.hit(rect, .palette)
        frame.canvas.fill(rect, style: ground)
        let title: String
        if case .menu(let subject) = palette.kind { title = subject } else { title = words("Commands") }
        let hint = palette.isMenu ? words("type to narrow") : words("Tab completes, Up looks back, Esc closes")
        let inside = frame.canvas.box(
            rect, glyphs: look.glyphs, style: look[.dialogBorder],
            title: [Span(SafeText.string(title), look[.title].on(ground.background))],
            trailing: [Span(hint, look[.muted].on(ground.background))])
        let (line, under) = inside.splitTop(1)
        palette.line.draw(on: &frame.canvas, in: line, look: look, prompt: palette.isMenu ? " " : " :")
        let (room, note) = under.splitBottom(palette.isMenu ? 0 : 1)
        drawRows(palette, room, &frame, look)
        drawNote(palette, palette.isMenu ? line : note, &frame, look)
    }

    /// What is wrong with the line, or what the chosen row would have been typed as.
    private static func drawNote(_ palette: PaletteState, _ row: Rect, _ frame: inout Frame, _ look: Look) {
        let ground = look[.dialog].background
        if let problem = palette.problem {
            let width = SafeText.width(problem)
            let x = palette.isMenu ? max(row.x + 1, row.right - 1 - width) : row.x + 1
            frame.canvas.put(
                problem, at: Point(x: x, y: row.y),
                style: look[.warning].on(palette.isMenu ? look[.input].background : ground),
                maxWidth: row.right - x,
                ellipsis: look.glyphs.ellipsis)
        } else if !palette.isMenu {
            let text = palette.chosen.map { ":\($0.line)\($0.obstacle.map { "  (\($0))" } ?? "")" }
            frame.canvas.put(
                text ?? (palette.line.text.isEmpty ? "" : words("nothing fits; Enter tries what is typed")),
                at: Point(x: row.x + 1, y: row.y), style: look[.muted].on(ground), maxWidth: row.width - 2,
                ellipsis: look.glyphs.ellipsis)
        }
    }

    private static func drawRows(_ palette: PaletteState, _ room: Rect, _ frame: inout Frame, _ look: Look) {
        let hasHeadings = palette.isMenu && palette.line.text.isEmpty
        var y = room.y
        var group =
            hasHeadings && palette.scroll > 0 && palette.rows.indices.contains(palette.scroll)
            ? palette.rows[palette.scroll].entry.group : ""
        for (index, row) in palette.rows.enumerated().dropFirst(first(palette, room, hasHeadings)) where y < room.bottom
        {
            if hasHeadings, row.entry.group != group {
                group = row.entry.group
                frame.canvas.put(
                    group, at: Point(x: room.x + 1, y: y), style: look[.title].on(look[.dialog].background),
                    maxWidth: room.width - 2,
                    ellipsis: look.glyphs.ellipsis)
                y += 1
                guard y < room.bottom else { break }
            }
            draw(
                row, palette, isSelected: index == palette.selected,
                Rect(x: room.x, y: y, width: room.width, height: 1), &frame, look)
            frame.hit(Rect(x: room.x, y: y, width: room.width, height: 1), .paletteRow(index))
            y += 1
        }
    }

    /// The first row such that the selected one is seen, headings counted.
    private static func first(_ palette: PaletteState, _ room: Rect, _ hasHeadings: Bool) -> Int {
        guard hasHeadings else {
            return ScrollMath.keeping(palette.selected, in: room.height, of: palette.rows.count, scroll: palette.scroll)
        }
        var first = min(palette.scroll, palette.selected)
        func height(from start: Int) -> Int {
            let rows = palette.rows[start...min(palette.selected, palette.rows.count - 1)]
            return rows.count + Set(rows.map(\.entry.group)).count
        }
        guard palette.rows.indices.contains(palette.selected) else { return 0 }
        while first < palette.selected, height(from: first) > room.height { first += 1 }
        return first
    }

    private static func draw(
        _ row: PaletteRanking.Row, _ palette: PaletteState, isSelected: Bool, _ rect: Rect, _ frame: inout Frame,
        _ look: Look
    ) {
        let ground = look[.dialog]
        let entry = row.entry
        let isPossible = entry.obstacle == nil
        let idle = isPossible ? ground : look[.faint].on(ground.background)
        let style = isSelected ? look[.activeButton] : idle
        if isSelected {
            frame.canvas.fill(rect, style: style)
            frame.canvas.set(look.glyphs.pointer, at: rect.origin, style: style)
        }
        var x = rect.x + 2
        if !palette.isMenu {
            frame.canvas.put(
                entry.kind.rawValue, at: Point(x: x, y: rect.y),
                style: isSelected ? style : look[.muted].on(ground.background), maxWidth: 9,
                ellipsis: look.glyphs.ellipsis)
            x += 10
        }
        let note = SafeText.string(palette.isMenu ? entry.obstacle ?? entry.key : entry.key)
        let noteWidth = min(SafeText.width(note), rect.width / 2)
        let room = max(0, rect.right - x - (noteWidth > 0 ? noteWidth + 3 : 1))
        frame.canvas.put(
            entry.title, at: Point(x: x, y: rect.y), style: style, maxWidth: room,
            ellipsis: look.glyphs.ellipsis)
        if !isSelected, isPossible, entry.title.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            for place in row.places where place < room {
                frame.canvas.restyle(Rect(x: x + place, y: rect.y, width: 1, height: 1)) {
                    $0.foreground = look[.accent].foreground
                    $0.attributes.insert(.bold)
                }
            }
        }
        if noteWidth > 0 {
            let noteStyle = isSelected ? style : isPossible ? look[.key].on(ground.background) : idle
            frame.canvas.put(
                note, at: Point(x: rect.right - 1 - noteWidth, y: rect.y), style: noteStyle, maxWidth: noteWidth,
                ellipsis: look.glyphs.ellipsis)
        }
    }
}
