import Terminal

/// Draws a dialog above everything; only it can be pointed at.
enum DialogView {
    static func draw(_ dialog: ChoiceDialog, in body: Rect, _ frame: inout Frame, _ look: Look) {
        frame.cover()
        switch dialog.kind {
        case .question: drawQuestion(dialog, in: body, &frame, look)
        case .list: drawList(dialog, in: body, &frame, look)
        }
    }

    private static func drawQuestion(_ dialog: ChoiceDialog, in body: Rect, _ frame: inout Frame, _ look: Look) {
        let width = max(20, min(60, body.width - 8))
        let text = dialog.text.flatMap { FooterBar.wrap(SafeText.string($0), width: width, limit: 4) }
        let box = Terminal.Dialog(
            title: SafeText.string(dialog.title), text: text, buttons: dialog.items.map(\.label),
            selected: dialog.selected, isDangerous: dialog.items.contains { $0.isDangerous })
        box.draw(on: &frame.canvas, in: body, look: look)
        frame.hit(box.frame(in: body), .dialog)
        for (index, rect) in box.buttonRects(in: body).enumerated() { frame.hit(rect, .dialogItem(index)) }
    }

    private static func drawList(_ dialog: ChoiceDialog, in body: Rect, _ frame: inout Frame, _ look: Look) {
        let label = dialog.items.map { SafeText.width($0.label) }.max() ?? 0
        let note = dialog.items.map { SafeText.width($0.note) }.max() ?? 0
        let text = dialog.text.flatMap {
            FooterBar.wrap(SafeText.string($0), width: min(60, body.width - 8), limit: 3)
        }
        let longest = text.map { SafeText.width($0) }.max() ?? 0
        let wanted = max(label + note + 5, SafeText.width(dialog.title) + 4, longest, 24)
        let head = text.isEmpty ? 0 : text.count + 1
        let rect = body.centered(
            Size(width: min(body.width - 4, wanted + 4), height: dialog.items.count + head + 2))
        frame.hit(rect, .dialog)
        let ground = look[.dialog]
        frame.canvas.fill(rect, style: ground)
        let inside = frame.canvas.box(
            rect, glyphs: look.glyphs, style: look[.dialogBorder],
            title: [Span(dialog.title, look[.title].on(ground.background))])
        for (index, line) in text.prefix(inside.height).enumerated() {
            let place = Point(x: inside.x + 1, y: inside.y + index)
            frame.canvas.put(line, at: place, style: ground, maxWidth: inside.width - 2)
        }
        let room = inside.splitTop(head).rest
        let top = ScrollMath.keeping(dialog.selected, in: room.height, of: dialog.items.count, scroll: 0)
        for (line, item) in dialog.items.dropFirst(top).prefix(room.height).enumerated() {
            let row = room.row(line)
            let isSelected = top + line == dialog.selected
            let idle = item.isDangerous ? look[.error].on(ground.background) : ground
            let style = isSelected ? look[.activeButton] : idle
            if isSelected { frame.canvas.fill(row, style: style) }
            if isSelected { frame.canvas.set(look.glyphs.pointer, at: row.origin, style: style) }
            frame.canvas.put(item.label, at: Point(x: row.x + 2, y: row.y), style: style, maxWidth: row.width - 3)
            let noteWidth = SafeText.width(item.note)
            if noteWidth > 0, SafeText.width(item.label) + noteWidth + 5 <= row.width {
                frame.canvas.put(
                    item.note, at: Point(x: row.right - 1 - noteWidth, y: row.y),
                    style: isSelected ? style : look[.muted].on(ground.background))
            }
            frame.hit(row, .dialogItem(top + line))
        }
    }
}
