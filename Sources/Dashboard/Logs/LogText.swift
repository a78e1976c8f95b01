import Search
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
        let end = bytes.last == 0x0d ? bytes.count - 1 : bytes.count
        return reader.spans(String(decoding: bytes[..<end], as: UTF8.self)).flatMap { span in
            SafeText.glyphs(span.text).map { Styled(glyph: $0, style: span.style) }
        }
    }

    /// The same of a text without colours of its own.
    static func glyphs(_ text: String, style: Style) -> [Styled] {
        SafeText.glyphs(text).map { Styled(glyph: $0, style: style) }
    }

    /// What of a line is searched: without its colours and without the carriage return of its end.
    static func visible(_ bytes: [UInt8]) -> [UInt8] {
        let plain = EscapeSequences.plain(bytes)
        return plain.last == 0x0d ? Array(plain.dropLast()) : plain
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
}
