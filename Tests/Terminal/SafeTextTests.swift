import Terminal
import Testing

struct SafeTextTests {
    @Test(arguments: [
        ("plain", "plain"),
        ("\u{1B}[31mred\u{1B}[0m", "␛[31mred␛[0m"),
        ("\u{1B}]0;title\u{07}", "␛]0;title␇"),
        ("a\rb\nc", "a␍b␊c"),
        ("nul\0", "nul␀"),
        ("del\u{7F}", "del␡"),
        ("c1\u{9B}31m", "c1·31m"),
        ("next\u{85}line", "next·line"),
        ("bidi\u{202E}txt\u{202C}", "bidi·txt·"),
        ("iso\u{2066}late\u{2069}", "iso·late·"),
        ("line\u{2028}para\u{2029}", "line·para·"),
        ("tag\u{E0041}", "tag·"),
        ("a\tb", "a       b"),
        ("soft\u{AD}hyphen", "softhyphen"),
        ("zero\u{200B}width", "zerowidth"),
        ("nbsp\u{A0}x", "nbsp x"),
    ])
    func showsWhatCouldSteerATerminal(_ hostile: String, _ shown: String) {
        #expect(SafeText.string(hostile) == shown)
        #expect(canvasLine(hostile) == shown)
    }

    @Test func invalidBytesBecomeDots() {
        #expect(SafeText.string([0x61, 0xFF, 0x62] as [UInt8]) == "a·b")
        #expect(SafeText.string([0xC3] as [UInt8]) == "·")
        #expect(SafeText.string([0xED, 0xA0, 0x80] as [UInt8]).unicodeScalars.allSatisfy { $0 == "·" })
        #expect(SafeText.string([0x1B, 0x5B, 0x48, 0x9B] as [UInt8]) == "␛[H·")
        #expect(SafeText.string([0xE2, 0x82, 0xAC] as [UInt8]) == "€")
    }

    @Test func noByteSequenceOfTwoYieldsAControlCharacter() {
        for first in UInt8.min...UInt8.max {
            for second: UInt8 in [0x00, 0x1B, 0x5B, 0x80, 0x9B, 0x9D, 0xBF, 0xC2, 0xFF] {
                let shown = SafeText.string([first, second])
                #expect(shown.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
            }
        }
    }

    @Test(arguments: [
        ("abc", 3), ("", 0), ("データ", 6), ("한국", 4), ("e\u{301}", 1), ("😀", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("☝🏽", 1), ("🏽", 2),
        ("🇩🇪", 2), ("1\u{FE0F}\u{20E3}", 1), ("❤\u{FE0F}\u{200D}🔥", 3), ("👩🏽\u{200D}💻x", 3), ("a\u{200D}b", 2),
        ("❤\u{FE0F}", 1), ("ｆｕｌｌ", 8), ("чат", 3), ("\u{301}", 1), ("─│╭", 3), ("⣿█", 2), ("𠀀", 2), ("नि", 2),
    ])
    func countsColumnsAsTerminalsDo(_ text: String, _ columns: Int) {
        #expect(SafeText.width(text) == columns)
    }

    private func canvasLine(_ text: String) -> String {
        var canvas = Canvas(size: Size(width: 40, height: 1))
        canvas.put(text, at: Point(x: 0, y: 0))
        return canvas.lines[0]
    }
}
