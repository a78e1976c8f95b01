import Emulator
import Terminal

/// Walking through what a terminal has shown, and selecting from it, with the keys of vi and tmux.
struct CopyMode: Sendable, Hashable {
    typealias Place = ScreenPicture.Place

    /// What comes of a key.
    enum Outcome: Sendable, Hashable {
        case stays
        case leaves
        /// This goes to the clipboard, and the mode is left.
        case copies(String)
        /// Asks what to search for.
        case asks
        /// To the next match, or against the direction of reading.
        case findsAgain(isBackwards: Bool)
    }

    var cursor: Place
    var anchor: Place?
    var shape = TextSelection.Shape.text

    /// What is selected now.
    var selection: TextSelection? {
        anchor.map { TextSelection(anchor: $0, end: cursor, shape: shape) }
    }

    /// What a key does here.
    mutating func press(_ key: Key, in picture: ScreenPicture, top: Int) -> Outcome {
        let height = picture.size.height
        switch key {
        case .character("q"), .control("c"): return .leaves
        case .escape:
            guard anchor != nil else { return .leaves }
            anchor = nil
        case .character("v"), .character(" "): select(.text)
        case .character("V"): select(.lines)
        case .control("v"): select(.block)
        case .character("o"): if let anchor { (self.anchor, cursor) = (cursor, anchor) }
        case .character("y"), .enter:
            let chosen = selection ?? TextSelection(anchor: cursor, end: cursor, shape: .lines)
            return .copies(chosen.text(in: picture))
        case .character("Y"):
            return .copies(TextSelection(anchor: cursor, end: cursor, shape: .lines).text(in: picture))
        case .character("/"), .character("?"): return .asks
        case .character("n"): return .findsAgain(isBackwards: true)
        case .character("N"): return .findsAgain(isBackwards: false)
        case .character("H"): cursor.line = top
        case .character("M"): cursor.line = top + height / 2
        case .character("L"): cursor.line = top + height - 1
        default: if !walk(key, in: picture) { stride(key, height) }
        }
        clamp(to: picture)
        return .stays
    }

    private mutating func select(_ wanted: TextSelection.Shape) {
        if anchor == nil {
            anchor = cursor
            shape = wanted
        } else if shape == wanted {
            anchor = nil
        } else {
            shape = wanted
        }
    }

    private mutating func stride(_ key: Key, _ height: Int) {
        switch key {
        case .character("k"), .up: cursor.line -= 1
        case .character("j"), .down: cursor.line += 1
        case .control("u"): cursor.line -= max(1, height / 2)
        case .control("d"): cursor.line += max(1, height / 2)
        case .pageUp, .shiftPageUp, .control("b"): cursor.line -= max(1, height - 1)
        case .pageDown, .shiftPageDown, .control("f"): cursor.line += max(1, height - 1)
        case .character("g"): cursor = Place(line: .min / 2, column: 0)
        case .character("G"): cursor = Place(line: .max / 2, column: 0)
        default: break
        }
    }

    /// Within and between words and lines; false for other keys.
    private mutating func walk(_ key: Key, in picture: ScreenPicture) -> Bool {
        switch key {
        case .character("h"), .left: cursor.column -= 1
        case .character("l"), .right: cursor.column += 1
        case .character("0"), .home: cursor.column = 0
        case .character("^"): cursor.column = Self.characters(picture.line(cursor.line)).firstIndex { $0 != " " } ?? 0
        case .character("$"), .end: cursor.column = max(0, picture.line(cursor.line).cells.count - 1)
        case .character("w"): toNextWord(in: picture)
        case .character("b"): toWordBefore(in: picture)
        case .character("e"): toWordEnd(in: picture)
        default: return false
        }
        return true
    }

    private mutating func clamp(to picture: ScreenPicture) {
        cursor.line = min(max(cursor.line, picture.start), max(picture.start, picture.end - 1))
        cursor.column = min(max(cursor.column, 0), picture.size.width - 1)
    }

    // MARK: Words

    /// One character a cell; the right half of a wide one counts as it.
    private static func characters(_ line: ScreenLine) -> [Unicode.Scalar] {
        var before: Unicode.Scalar = " "
        return line.cells.map { cell in
            if cell.width > 0 { before = cell.base }
            return before
        }
    }

    /// Blank, letters and digits, or signs.
    private static func kind(_ scalar: Unicode.Scalar) -> Int {
        scalar == " "
            ? 0
            : scalar == "_" || scalar.value > 0x7F || scalar.properties.isAlphabetic
                ? 1
                : ("0"..."9").contains(scalar) ? 1 : 2
    }

    private mutating func toNextWord(in picture: ScreenPicture) {
        let kinds = Self.characters(picture.line(cursor.line)).map(Self.kind)
        var column = cursor.column
        if column < kinds.count, kinds[column] != 0 {
            let kind = kinds[column]
            while column < kinds.count, kinds[column] == kind { column += 1 }
        }
        while column < kinds.count, kinds[column] == 0 { column += 1 }
        if column < kinds.count {
            cursor.column = column
        } else if cursor.line + 1 < picture.end {
            let next = Self.characters(picture.line(cursor.line + 1))
            cursor = Place(line: cursor.line + 1, column: next.firstIndex { $0 != " " } ?? 0)
        }
    }

    private mutating func toWordBefore(in picture: ScreenPicture) {
        // Past empty lines, but not for ever.
        for _ in 0..<200 {
            let kinds = Self.characters(picture.line(cursor.line)).map(Self.kind)
            var column = min(cursor.column, kinds.count) - 1
            while column >= 0, kinds[column] == 0 { column -= 1 }
            if column >= 0 {
                let kind = kinds[column]
                while column > 0, kinds[column - 1] == kind { column -= 1 }
                cursor.column = column
                return
            }
            guard cursor.line > picture.start else { return cursor.column = 0 }
            cursor = Place(line: cursor.line - 1, column: picture.size.width)
        }
    }

    private mutating func toWordEnd(in picture: ScreenPicture) {
        for _ in 0..<200 {
            let kinds = Self.characters(picture.line(cursor.line)).map(Self.kind)
            var column = cursor.column + 1
            while column < kinds.count, kinds[column] == 0 { column += 1 }
            if column < kinds.count {
                let kind = kinds[column]
                while column + 1 < kinds.count, kinds[column + 1] == kind { column += 1 }
                cursor.column = column
                return
            }
            guard cursor.line + 1 < picture.end else { return }
            cursor = Place(line: cursor.line + 1, column: -1)
        }
    }
}

extension CopyMode {
    /// The word at a place, for a double click.
    static func word(at place: Place, in picture: ScreenPicture) -> TextSelection? {
        let kinds = characters(picture.line(place.line)).map(kind)
        guard kinds.indices.contains(place.column), kinds[place.column] != 0 else { return nil }
        var (first, last) = (place.column, place.column)
        while first > 0, kinds[first - 1] == kinds[place.column] { first -= 1 }
        while last + 1 < kinds.count, kinds[last + 1] == kinds[place.column] { last += 1 }
        return TextSelection(
            anchor: Place(line: place.line, column: first), end: Place(line: place.line, column: last))
    }

    /// The next place of a text; small letters find capital ones, too.
    static func find(_ text: String, from place: Place, isBackwards: Bool, in picture: ScreenPicture) -> Place? {
        let folds = text == text.lowercased()
        let wanted = Array(text.unicodeScalars)
        guard !wanted.isEmpty else { return nil }
        let count = picture.end - picture.start
        for step in 0...count {
            let offset = (place.line - picture.start + (isBackwards ? -step : step)) % count
            let number = picture.start + (offset + count) % count
            var line = characters(picture.line(number))
            if folds { line = line.map { $0.properties.lowercaseMapping.unicodeScalars.first ?? $0 } }
            guard line.count >= wanted.count else { continue }
            let places = (0...(line.count - wanted.count)).filter { Array(line[$0..<($0 + wanted.count)]) == wanted }
            let allowed = places.filter { step > 0 || (isBackwards ? $0 < place.column : $0 > place.column) }
            if let column = isBackwards ? allowed.last : allowed.first { return Place(line: number, column: column) }
        }
        return nil
    }
}
