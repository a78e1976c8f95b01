import Testing

@testable import SpyhopCommands

struct OutputLinesTests {
    private static func lines(_ pieces: [String]) -> [String] {
        var lines = OutputLines()
        var all: [String] = []
        for piece in pieces { all += lines.feed(Array(piece.utf8)) }
        return all + (lines.finish().map { ["(\($0))"] } ?? [])
    }

    @Test(arguments: [
        (["a\nb\n"], ["a", "b"]), (["a", "b\nc"], ["ab", "(c)"]), (["a\r\n"], ["a"]), (["10%\r20%\r100%\n"], ["100%"]),
        (["a\r", "\nb\n"], ["a", "b"]), (["\n\n"], ["", ""]), (["ab\u{8}c\n"], ["ac"]), (["", ""], []),
    ])
    func linesEndWhereTheyAreEnded(pieces: [String], expected: [String]) {
        #expect(Self.lines(pieces) == expected)
    }

    @Test(arguments: [
        ["\u{1b}[31mred\u{1b}[0m\n"], ["\u{1b}", "[3", "1mred\n"], ["\u{1b}]0;title\u{7}red\n"],
        ["\u{1b}]0;title\u{1b}\\red\n"], ["\u{1b}(Bred\n"], ["\u{1b}7red\n"], ["\u{1b}P1$r\u{1b}\\red\n"],
        ["\u{1b}[2J\u{1b}[1;1Hred\n"],
    ])
    func escapeSequencesAreGone(pieces: [String]) {
        #expect(Self.lines(pieces) == ["red"])
    }

    @Test func otherControlsAreHarmless() {
        #expect(
            Self.lines(["a\u{7}b\tc\u{9b}31m\n"]).allSatisfy {
                !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x9b }
            })
        var lines = OutputLines()
        #expect(lines.feed([0x61, 0xff, 0x62, 0x0a]) == ["a·b"])
    }

    @Test func aLineWithoutEndTakesNoMoreThanItsPart() {
        var lines = OutputLines()
        let ended = lines.feed([UInt8](repeating: UInt8(ascii: "x"), count: OutputLines.longest * 3 + 5))
        #expect(ended.map(\.count) == [OutputLines.longest, OutputLines.longest, OutputLines.longest])
        #expect(lines.finish() == "xxxxx")
    }

    @Test func noCharacterIsCutInTwo() {
        var lines = OutputLines()
        let text = String(repeating: "x", count: OutputLines.longest - 1) + "é" + "y"
        let ended = lines.feed(Array(text.utf8))
        let all = ended.joined() + (lines.finish() ?? "")
        #expect(all == text)
    }

    /// However the bytes are cut, the lines are the same.
    @Test func cutsMakeNoDifference() {
        let text = "a\r\nb\u{1b}[1mc\u{1b}]8;;x\u{1b}\\d\n\u{1b}(Be\rf\u{8}gé\n"
        let bytes = Array(text.utf8)
        var whole = OutputLines()
        let expected = whole.feed(bytes)
        for cut in 1..<bytes.count {
            var lines = OutputLines()
            #expect(lines.feed(Array(bytes[..<cut])) + lines.feed(Array(bytes[cut...])) == expected)
        }
    }
}
