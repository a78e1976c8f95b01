/// One line of text that is being typed: the text, and a cursor between its characters.
public struct TextLine: Hashable, Sendable {
    /// The characters.
    public private(set) var characters: [Character]
    /// The cursor stands before this character.
    public private(set) var cursor: Int

    /// A line with the cursor at its end.
    public init(_ text: String = "") {
        characters = Array(text)
        cursor = characters.count
    }

    /// What is typed.
    public var text: String { String(characters) }

    /// The same line with a star for each character.
    var masked: TextLine {
        var line = self
        line.characters = characters.map { _ in "*" }
        return line
    }

    /// Applies an editing key (characters, arrows, Home, End, Backspace, Del, Ctrl-A/E/U/K/W).
    ///
    /// - Returns: whether the key was one.
    public mutating func apply(_ key: Key) -> Bool {
        switch key {
        case .character(let character):
            characters.insert(character, at: cursor)
            cursor += 1
        case .backspace:
            guard cursor > 0 else { return true }
            cursor -= 1
            characters.remove(at: cursor)
        case .delete:
            if cursor < characters.count { characters.remove(at: cursor) }
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .control("u"):
            characters.removeFirst(cursor)
            cursor = 0
        case .control("k"): characters.removeLast(characters.count - cursor)
        case .control("w"): eraseWord()
        default: return false
        }
        return true
    }

    private mutating func eraseWord() {
        while cursor > 0, characters[cursor - 1] == " " { characters.remove(at: cursor - 1); cursor -= 1 }
        while cursor > 0, characters[cursor - 1] != " " { characters.remove(at: cursor - 1); cursor -= 1 }
    }

    /// Draws it into the first row of `rect` behind a prompt, scrolled so that the cursor is in view; the characters that are
    /// wrong are underlined.
    public func draw(
        on canvas: inout Canvas, in rect: Rect, look: Look, prompt: String = "", wrong: Range<Int>? = nil
    ) {
        let row = rect.row(0)
        let style = look[.input]
        canvas.fill(row, style: style)
        let indent = canvas.put(prompt, at: row.origin, style: style.with(.bold), maxWidth: row.width)
        let room = row.splitLeft(indent).rest
        guard room.width > 1 else { return }
        var start = 0
        while SafeText.width(String(characters[start..<cursor])) >= room.width, start < cursor { start += 1 }
        canvas.clipped(to: room) { canvas in
            canvas.put(String(characters[start...]), at: room.origin, style: style)
            if let wrong { underline(wrong, from: start, on: &canvas, room, look) }
            let before = SafeText.width(String(characters[start..<cursor]))
            canvas.restyle(Rect(x: room.x + before, y: room.y, width: 1, height: 1)) { $0.attributes.insert(.reverse) }
        }
    }

    private func underline(_ wrong: Range<Int>, from start: Int, on canvas: inout Canvas, _ room: Rect, _ look: Look) {
        // What is missing at the end has a blank there.
        let first = min(max(wrong.lowerBound, start), characters.count)
        let last = min(max(wrong.upperBound, first + 1), characters.count)
        let before = SafeText.width(String(characters[start..<first]))
        let width = max(1, SafeText.width(String(characters[first..<max(first, last)])))
        canvas.restyle(Rect(x: room.x + before, y: room.y, width: width, height: 1)) {
            $0.foreground = look[.error].foreground
            $0.attributes.formUnion([.underline, .bold])
        }
    }
}
