import Terminal

/// Draws the chooser of columns over everything else.
enum ColumnChooserView {
    static let hints = [
        ("Space", phrase("show")), ("K J", phrase("move")), ("< >", phrase("width")), ("=", phrase("own width")),
        ("s", phrase("sort")), ("r", phrase("reset")),
        ("Esc", phrase("done")),
    ]

    /// - Returns: where each line went, and the whole.
    static func draw(
        _ entries: [ColumnChooser.Entry], index: Int, sortedBy: String, nouns: String, in body: Rect,
        on canvas: inout Canvas, _ look: Look
    ) -> (box: Rect, lines: [(line: Int, rect: Rect)]) {
        let names = entries.map { SafeText.width($0.name) }.max() ?? 0
        let hintWidth = hints.reduce(0) { $0 + $1.0.count + SafeText.width(words(for: $1.1)) + 3 }
        let width = min(body.width - 2, max(names + 20, min(hintWidth, body.width - 6)) + 4)
        let box = body.centered(Size(width: width, height: min(body.height, entries.count + 4)))
        let ground = look[.dialog]
        canvas.fill(box, style: ground)
        let inside = canvas.box(
            box, glyphs: look.glyphs, style: look[.dialogBorder],
            title: [Span(words("Columns of \(nouns)"), look[.title].on(ground.background))])
        let (list, foot) = inside.splitBottom(inside.height > 4 ? 2 : 0)
        let top = ScrollMath.keeping(index, in: list.height, of: entries.count, scroll: 0)
        var lines: [(line: Int, rect: Rect)] = []
        for (line, entry) in entries.dropFirst(top).prefix(list.height).enumerated() {
            let row = list.row(line)
            draw(entry, isSelected: top + line == index, isSorted: entry.id == sortedBy, in: row, on: &canvas, look)
            lines.append((top + line, row))
        }
        if !foot.isEmpty { drawHints(in: foot.row(1), on: &canvas, look) }
        return (box, lines)
    }

    private static func draw(
        _ entry: ColumnChooser.Entry, isSelected: Bool, isSorted: Bool, in row: Rect, on canvas: inout Canvas,
        _ look: Look
    ) {
        let ground = look[.dialog]
        let style = isSelected ? look[.activeButton] : entry.isShown ? ground : look[.muted].on(ground.background)
        if isSelected {
            canvas.fill(row, style: style)
            canvas.set(look.glyphs.pointer, at: row.origin, style: style)
        }
        let box = entry.isFixed ? "   " : entry.isShown ? "[\(look.glyphs.mark)]" : "[ ]"
        canvas.put("\(box) \(entry.name)", at: Point(x: row.x + 2, y: row.y), style: style, maxWidth: row.width - 3)
        var notes: [String] = []
        if isSorted { notes.append(words("sorted")) }
        if let width = entry.width { notes.append(words("\(width) wide")) }
        let note = notes.joined(separator: ", ")
        guard !note.isEmpty else { return }
        canvas.put(
            note, at: Point(x: row.right - 1 - SafeText.width(note), y: row.y),
            style: isSelected ? style : look[.muted].on(ground.background))
    }

    private static func drawHints(in row: Rect, on canvas: inout Canvas, _ look: Look) {
        let ground = look[.dialog].background
        var x = row.x + 2
        for (key, hint) in hints {
            let text = words(for: hint)
            let width = key.count + SafeText.width(text) + 3
            guard x + width - 2 <= row.right else { break }
            canvas.put(
                [Span(key, look[.key].on(ground)), Span(" \(text)", look[.muted].on(ground))],
                at: Point(x: x, y: row.y))
            x += width
        }
    }
}
