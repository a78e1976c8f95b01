import Engine

/// Lines as no program should write them, and as some do.
extension FuzzRandom {
    /// A line of a log.
    mutating func line() -> [UInt8] {
        switch below(400) {
        case 0..<120: return bytes()
        case 120..<170: return Array(painted().utf8)
        case 170..<200: return broken()
        case 200..<225: return wide()
        case 225..<290: return Array(object(depth: 0).utf8)
        case 290..<300: return nested()
        case 300..<320: return Array(#"{"level":"\#(text(1))","ts":"\#(text(1))","msg":"\#(text(3))""#.utf8)
        case 320..<330: return Array(repeating: 0, count: below(300))
        case 330..<340: return Array("\u{202E}\u{2066}\u{200F}\(text(2))\u{2069}\u{202C}\u{061C}".utf8)
        case 340: return long()
        default: return Array("2026-11-30T21:00:00Z ERROR \(text(2)) took=\(below(2000))ms".utf8)
        }
    }

    /// What colours, moves, asks and sets titles, whole and cut off.
    private mutating func painted() -> String {
        var text = ""
        for _ in 0..<below(8) {
            let parameters = (0..<below(5)).map { _ in String(below(300)) }.joined(separator: chance(4) ? ":" : ";")
            text +=
                "\u{1B}[" + parameters + (pick(["m", "m", "m", "H", "J", "K", "n", "c", "?25l", "", " q", "$p"]) ?? "")
            text += self.text(1)
            if chance(6) {
                text += pick(["\u{1B}]8;;http://a\u{1B}\\", "\u{1B}]0;", "\u{1B}P", "\u{1B}", "\u{1B}[", "\r"]) ?? ""
            }
        }
        return text
    }

    /// UTF-8 that is none: cut, overlong, half of a pair, beyond the last.
    private mutating func broken() -> [UInt8] {
        let pieces: [[UInt8]] = [
            [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0x80],
            [0xFE],
            [0xF4, 0x90, 0x80, 0x80], [0xC2, 0x9B, 0x33, 0x31, 0x6D], [0x9B, 0x33, 0x31, 0x6D], [0xEF, 0xBB, 0xBF],
            [0x61],
        ]
        return (0..<below(40)).flatMap { _ in pick(pieces) ?? [] }
    }

    /// Characters of two cells, of none, and towers of marks.
    private mutating func wide() -> [UInt8] {
        var text = ""
        for _ in 0..<below(30) {
            text += pick(["漢", "🐋", "👩‍👩‍👧‍👦", "e\u{301}", "ｗ", "\u{200D}", "\u{FE0F}", "🏳️‍🌈", "각", "\u{E0100}"]) ?? ""
            if chance(15) {
                text += String(repeating: pick(["\u{301}", "\u{20DD}", "\u{1AB0}"]) ?? "", count: below(600))
            }
        }
        return Array(text.utf8)
    }

    private mutating func object(depth: Int) -> String {
        var members: [String] = []
        for _ in 0..<below(6) {
            let key = pick(["level", "msg", "time", "ts", "error", text(1)]) ?? ""
            let value: String
            switch below(7) {
            case 0: value = depth < 5 ? object(depth: depth + 1) : "{}"
            case 1: value = "[" + (0..<below(5)).map { _ in String(below(9)) }.joined(separator: ",") + "]"
            case 2:
                value = pick(["1e999", "-0", "0x1", "123456789012345678901234567890", "1.", "tru", "null", "-"]) ?? ""
            case 3: value = "\"\\u00\(below(99))\\ud83d\\\""
            default: value = "\"\(text(2))\""
            }
            members.append("\"\(key)\":\(value)")
        }
        return "{" + members.joined(separator: ",") + (chance(12) ? "" : "}")
    }

    private mutating func nested() -> [UInt8] {
        let depth = pick([3, 60, 600, 20_000]) ?? 3
        let (open, close) = chance(2) ? ("[", "]") : ("{\"a\":", "}")
        return Array((String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)).utf8)
    }

    /// A megabyte and more without a newline.
    private mutating func long() -> [UInt8] {
        guard chance(12) else { return Array(String(repeating: text(2) + "x", count: 300).utf8) }
        let unit = pick([
            Array("x".utf8), Array("漢".utf8), Array("e\u{301}".utf8), [0x1B, 0x5B, 0x33, 0x31, 0x6D], [0xFF], [0],
        ])
        let piece = unit ?? [0x78]
        return Array(repeatElement(piece, count: (1 << 20) / piece.count).joined())
    }
}
