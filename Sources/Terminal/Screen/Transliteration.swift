/// ASCII for what a terminal without UTF-8 cannot show.
enum Transliteration {
    /// One ASCII character for one scalar; `?` when there is none near.
    static func ascii(_ scalar: UInt32) -> UInt32 {
        let letter: Character
        switch scalar {
        case 0x2500...0x2501, 0x2010...0x2015: letter = "-"
        case 0x2502...0x2503: letter = "|"
        case 0x250C...0x254B, 0x256D...0x2570: letter = "+"
        case 0x2580...0x259F: letter = "#"
        case 0x2801...0x28FF: letter = ":"
        case 0x2190: letter = "<"
        case 0x2191: letter = "^"
        case 0x2192: letter = ">"
        case 0x2193: letter = "v"
        case 0x2018, 0x2019: letter = "'"
        case 0x201C, 0x201D: letter = "\""
        case 0x2026: letter = "~"
        case 0xB7, 0x2022: letter = "."
        case 0xA0, 0x2800: letter = " "
        default: letter = "?"
        }
        return UInt32(letter.asciiValue ?? 0x3F)
    }
}
