extension Form {
    private enum Row {
        case field(Int)
        case error(Int)
        case note(String)
        case blank
    }

    private func rows(width: Int) -> [Row] {
        var rows: [Row] = []
        for index in fields.indices {
            rows.append(.field(index))
            if fields[index].error != nil { rows.append(.error(index)) }
        }
        if let note {
            rows.append(.blank)
            rows += Self.lines(note, width: width).map(Row.note)
        }
        return rows
    }

    /// Breaks a sentence at blanks into a few lines.
    private static func lines(_ text: String, width: Int) -> [String] {
        var lines = [""]
        for word in SafeText.string(text).split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if SafeText.width(last) + 1 + SafeText.width(String(word)) <= width || lines.count == 4 {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    /// Where its frame goes in `rect`.
    public func frame(in rect: Rect) -> Rect {
        let width = min(rect.width, 76)
        return rect.centered(Size(width: width, height: rows(width: width - 4).count + 4))
    }

    /// Draws it in the middle of `rect`; a low one is scrolled so that the field with the cursor is seen.
    ///
    /// - Returns: where each field and button stands, by its index.
    @discardableResult
    public func draw(on canvas: inout Canvas, in rect: Rect, look: Look) -> [(rect: Rect, index: Int)] {
        let frame = frame(in: rect)
        let ground = look[.dialog]
        canvas.fill(frame, style: ground)
        let inside = canvas.box(
            frame, glyphs: look.glyphs, style: look[.dialogBorder],
            title: [Span(title, look[.title].on(ground.background))]
        ).inset(horizontal: 1, vertical: 0)
        let (room, buttons) = inside.splitBottom(min(2, inside.height))
        let rows = rows(width: inside.width)
        let label = fields.map { SafeText.width($0.label) }.max() ?? 0
        var places: [(rect: Rect, index: Int)] = []
        for (line, row) in rows.dropFirst(top(rows, height: room.height)).prefix(room.height).enumerated() {
            let place = room.row(line)
            switch row {
            case .field(let index):
                draw(index, label: label, on: &canvas, in: place, look)
                places.append((place, index))
            case .error(let index):
                let x = place.x + label + 2
                canvas.put(
                    fields[index].error ?? "", at: Point(x: x, y: place.y),
                    style: look[.error].on(ground.background), maxWidth: place.right - x)
            case .note(let text):
                canvas.put(
                    text, at: place.origin, style: look[.error].on(ground.background), maxWidth: place.width)
            case .blank: break
            }
        }
        return places + drawButtons(on: &canvas, in: buttons, look)
    }

    private func top(_ rows: [Row], height: Int) -> Int {
        // With the cursor on a button its end is seen, where it says what is wrong with all of it.
        guard fields.indices.contains(selected) else { return max(0, rows.count - height) }
        let last = rows.lastIndex { row in
            switch row {
            case .field(let index), .error(let index): index == selected
            case .note, .blank: false
            }
        }
        return max(0, min((last ?? 0) - height + 1, rows.count - height))
    }

    private func draw(_ index: Int, label: Int, on canvas: inout Canvas, in row: Rect, _ look: Look) {
        let field = fields[index]
        let ground = look[.dialog].background
        let isSelected = index == selected
        let labelStyle = field.error != nil ? look[.error] : isSelected ? look[.accent] : look[.secondary]
        canvas.put(field.label, at: row.origin, style: labelStyle.on(ground), maxWidth: label)
        var room = row.splitLeft(label + 2).rest
        guard !room.isEmpty else { return }
        let remark = SafeText.width(field.remark)
        if remark > 0, room.width >= remark + 14 {
            let (rest, right) = room.splitRight(remark)
            canvas.put(field.remark, at: right.origin, style: look[.muted].on(ground), maxWidth: remark)
            room = rest.splitRight(1).rest
        }
        let chosen = isSelected ? look[.activeButton] : look[.dialog]
        switch field.value {
        case .text(let typed):
            let line = field.isSecret ? typed.masked : typed
            if isSelected {
                line.draw(on: &canvas, in: room, look: look)
            } else {
                canvas.fill(room, style: look[.input])
                canvas.put(line.text, at: room.origin, style: look[.input], maxWidth: room.width)
            }
            guard line.characters.isEmpty else { return }
            let x = room.x + (isSelected ? 2 : 0)
            canvas.put(
                field.hint, at: Point(x: x, y: room.y), style: look[.faint].on(look[.input].background),
                maxWidth: room.right - x)
        case .flag(let isSet):
            canvas.put(isSet ? "[x]" : "[ ]", at: room.origin, style: chosen, maxWidth: room.width)
            canvas.put(
                field.hint, at: Point(x: room.x + 4, y: room.y), style: look[.faint].on(ground),
                maxWidth: room.width - 4)
        case .choice:
            let text = "\(look.glyphs.left) \(field.text) \(look.glyphs.right)"
            canvas.put(text, at: room.origin, style: chosen, maxWidth: room.width)
        }
    }

    private func drawButtons(on canvas: inout Canvas, in room: Rect, _ look: Look) -> [(rect: Rect, index: Int)] {
        guard room.height > 0 else { return [] }
        var places: [(rect: Rect, index: Int)] = []
        var x = room.x
        for (offset, word) in [submit, cancel].enumerated() {
            let isSelected = selected == fields.count + offset
            let marks = look.theme[.button].background == .default && !isSelected
            let text = marks ? "[ \(word) ]" : "  \(word)  "
            let place = Rect(x: x, y: room.bottom - 1, width: SafeText.width(text), height: 1).intersection(room)
            canvas.put(
                text, at: place.origin, style: look[isSelected ? .activeButton : .button], maxWidth: place.width)
            places.append((place, fields.count + offset))
            x += place.width + 2
        }
        let width = SafeText.width(hint)
        if x + width + 1 <= room.right {
            canvas.put(
                hint, at: Point(x: room.right - width, y: room.bottom - 1),
                style: look[.muted].on(look[.dialog].background))
        }
        return places
    }
}
