/// The one door through which text from outside comes to a canvas: it can be shown, it can never steer the terminal.
///
/// Control characters appear as their pictures (`␛`), C1 and bidirectional controls as `·`, invalid UTF-8 as `·`, tabs
/// as blanks up to the next multiple of eight. Joined emoji shrink to their first picture, variation selectors vanish.
public enum SafeText {
    /// One visible character with up to two combining marks.
    public struct Glyph: Hashable, Sendable {
        /// The character.
        public var base: Unicode.Scalar
        /// Combining marks.
        public var firstMark: Unicode.Scalar?, secondMark: Unicode.Scalar?
        /// Columns: 1 or 2.
        public var width: Int
    }

    /// Distance between tab stops.
    public static let tabStop = 8

    /// The visible characters of a text.
    public static func glyphs(_ text: String) -> [Glyph] {
        var state = Reader()
        state.glyphs.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { state.add(scalar) }
        return state.glyphs
    }

    /// The columns a text takes when it is drawn.
    public static func width(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
        return glyphs(text).reduce(0) { $0 + $1.width }
    }

    /// A harmless copy of a text.
    public static func string(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        return string(glyphs(text))
    }

    /// A harmless text from bytes that claim to be UTF-8; each maximal invalid part becomes one `·`.
    public static func string(_ bytes: some Sequence<UInt8>) -> String {
        var state = Reader()
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        decoding: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): state.add(scalar)
            case .emptyInput: break decoding
            case .error: state.add("\u{80}")
            }
        }
        return string(state.glyphs)
    }

    /// What glyphs show, as a string.
    public static func string(_ glyphs: some Sequence<Glyph>) -> String {
        var view = String.UnicodeScalarView()
        for glyph in glyphs {
            view.append(glyph.base)
            if let mark = glyph.firstMark { view.append(mark) }
            if let mark = glyph.secondMark { view.append(mark) }
        }
        return String(view)
    }

    private struct Reader {
        var glyphs: [Glyph] = []
        var column = 0
        var joins = false

        mutating func add(_ scalar: Unicode.Scalar) {
            switch CharacterClass(scalar) {
            case .narrow: append(scalar, width: 1)
            case .wide: append(scalar, width: 2)
            case .tab:
                let stop = (column / SafeText.tabStop + 1) * SafeText.tabStop
                while column < stop { append(" ", width: 1) }
            case .shownAs(let picture): append(picture, width: 1)
            case .combining: combine(scalar)
            case .modifier:
                // A skin tone after a picture belongs to it, also after a narrow one, which some terminals would widen;
                // alone it is a picture of its own.
                guard let last = glyphs.last, last.width == 2 || last.base.properties.isEmojiModifierBase else {
                    return append(scalar, width: 2)
                }
            case .joiner: joins = glyphs.last?.width == 2
            case .dropped: break
            }
        }

        private mutating func append(_ scalar: Unicode.Scalar, width: Int) {
            if joins {
                joins = false
                if width == 2 || scalar.value >= 0x2600 { return }
            }
            glyphs.append(Glyph(base: scalar, width: width))
            column += width
        }

        private mutating func combine(_ mark: Unicode.Scalar) {
            guard let last = glyphs.indices.last else {
                // A mark with nothing before it stands on a blank, so that it shows and harms no neighbour.
                glyphs.append(Glyph(base: " ", firstMark: mark, width: 1))
                column += 1
                return
            }
            if glyphs[last].firstMark == nil {
                glyphs[last].firstMark = mark
            } else if glyphs[last].secondMark == nil {
                glyphs[last].secondMark = mark
            }
        }
    }
}
