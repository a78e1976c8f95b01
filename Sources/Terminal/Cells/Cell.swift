/// One character cell in sixteen bytes: a base character, up to two combining marks, a style, a width.
///
/// Sequences joined by U+200D are reduced to their first character before they get here: terminals disagree about the
/// width of the joined picture, and a cell that is wide in one and narrow in another would shift the whole line.
public struct Cell: Hashable, Sendable {
    /// Three scalars of 21 bits each, the base lowest; zero for the second half of a wide character.
    var glyph: UInt64
    /// The style's bits, and the width in the top two.
    var look: UInt64

    /// A cell that shows `scalar`, which takes `width` columns (0 for the right half of a wide character).
    init(_ scalar: Unicode.Scalar, _ style: Style, width: Int = 1) {
        glyph = UInt64(scalar.value)
        look = style.bits | UInt64(width & 3) << 62
    }

    /// A blank with a style.
    public init(blank style: Style = .plain) {
        self.init(" ", style)
    }

    static func continuation(_ style: Style) -> Cell {
        var cell = Cell(" ", style, width: 0)
        cell.glyph = 0
        return cell
    }

    /// Colours and attributes.
    public var style: Style {
        get { Style(bits: look & ~(3 << 62)) }
        set { look = newValue.bits | look & (3 << 62) }
    }

    /// Columns it takes: 1 or 2, and 0 for the right half of a wide character.
    public var width: Int { Int(look >> 62) }

    /// Its characters: a base and its combining marks; none for the right half of a wide character.
    public var scalars: [Unicode.Scalar] {
        [glyph & 0x1FFFFF, glyph >> 21 & 0x1FFFFF, glyph >> 42 & 0x1FFFFF].compactMap { bits in
            bits == 0 ? nil : Unicode.Scalar(UInt32(bits))
        }
    }

    /// The base character; a blank for the right half of a wide character.
    public var base: Unicode.Scalar {
        Unicode.Scalar(UInt32(glyph & 0x1FFFFF)).flatMap { $0 == "\0" ? " " : $0 } ?? " "
    }

    /// Adds its characters in UTF-8.
    func append(to bytes: inout [UInt8]) {
        var rest = glyph
        while rest != 0 {
            let value = UInt32(rest & 0x1FFFFF)
            rest >>= 21
            if value < 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: value))
            } else if let scalar = Unicode.Scalar(value) {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }

    /// What it shows, as a string.
    public var text: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// Adds a combining mark; a third one is dropped.
    mutating func combine(_ mark: Unicode.Scalar) {
        if glyph >> 21 == 0 {
            glyph |= UInt64(mark.value) << 21
        } else if glyph >> 42 == 0 {
            glyph |= UInt64(mark.value) << 42
        }
    }
}
