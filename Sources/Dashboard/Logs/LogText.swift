import Terminal

/// A line's bytes as text, with and without its colours.
enum LogText {
    /// A visible character and how it looks.
    struct Styled: Sendable, Hashable {
        var glyph: SafeText.Glyph
        var style: Style
    }

    /// The visible characters of a line; escape sequences have become styles or are gone.
    static func glyphs(_ bytes: [UInt8], plain: Style) -> [Styled] {
        var reader = AnsiText(plain: plain)
        return reader.spans(String(decoding: bytes, as: UTF8.self)).flatMap { span in
            SafeText.glyphs(span.text).map { Styled(glyph: $0, style: span.style) }
        }
    }

    /// The stretches that stand in one row each; at least one.
    static func rows(_ glyphs: [Styled], width: Int) -> [Range<Int>] {
        var rows: [Range<Int>] = []
        var start = 0
        var used = 0
        for (index, item) in glyphs.enumerated() {
            if used + item.glyph.width > width, index > start {
                rows.append(start..<index)
                start = index
                used = 0
            }
            used += item.glyph.width
        }
        rows.append(start..<glyphs.count)
        return rows
    }

    /// What is seen of a line that is cut: `width` cells from cell `column` on.
    static func range(_ glyphs: [Styled], from column: Int, width: Int) -> Range<Int> {
        var cell = 0
        var start = glyphs.count
        for (index, item) in glyphs.enumerated() {
            if cell >= column, start == glyphs.count { start = index }
            if cell + item.glyph.width > column + width { return min(start, index)..<index }
            cell += item.glyph.width
        }
        return start..<glyphs.count
    }

    /// How many rows a line takes when it is wrapped.
    static func rowCount(_ bytes: [UInt8], width: Int) -> Int {
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return max(1, (bytes.count + width - 1) / width) }
        return rows(glyphs(bytes, plain: .plain), width: width).count
    }

    /// Leaves out escape sequences (ECMA-48: CSI, OSC and the two-byte ones) and what overwrites the line's beginning.
    static func plain(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x1b else {
                result.append(bytes[index])
                index += 1
                continue
            }
            index = end(of: bytes, escape: index)
        }
        return result
    }

    /// Where the text goes on after the sequence that begins at `start`.
    static func end(of bytes: [UInt8], escape start: Int) -> Int {
        var index = start + 1
        guard index < bytes.count else { return index }
        switch bytes[index] {
        case 0x5b:
            index += 1
            while index < bytes.count, (0x20...0x3f).contains(bytes[index]) { index += 1 }
            return index < bytes.count && (0x40...0x7e).contains(bytes[index]) ? index + 1 : index
        case 0x5d, 0x50, 0x58, 0x5e, 0x5f:
            while index < bytes.count {
                if bytes[index] == 0x07 { return index + 1 }
                if bytes[index] == 0x1b, index + 1 < bytes.count, bytes[index + 1] == 0x5c { return index + 2 }
                index += 1
            }
            return index
        default:
            return index + 1
        }
    }
}
