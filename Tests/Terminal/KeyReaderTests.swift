import Testing

@testable import Terminal

@Suite struct KeyReaderTests {
    private func keys(_ text: String) -> [Key] {
        var reader = KeyReader()
        return reader.read(text.utf8) + reader.flush()
    }

    @Test(
        arguments: [
            ("a", [.character("a")]), ("ä鯨", [.character("ä"), .character("鯨")]), ("\r", [.enter]),
            ("\u{1B}", [.escape]), ("\u{1B}[A", [.up]), ("\u{1B}OB", [.down]), ("\u{1B}[1;2D", [.shiftLeft]),
            ("\u{1B}[1;3C", [.altRight]),
            ("\u{1B}[5~\u{1B}[6~", [.pageUp, .pageDown]), ("\u{1B}[Z", [.backTab]), ("\u{1B}OP", [.function(1)]),
            ("\u{1B}[15~", [.function(5)]), ("\u{1B}x", [.alt("x")]), ("\u{1B}\u{1B}", [.escape, .escape]),
            ("\u{03}\u{7F}", [.control("c"), .backspace]), ("\u{1B}[999z", []),
            ("\u{1B}\rj", [.escape, .enter, .character("j")]),
        ] as [(String, [Key])])
    func bytesBecomeKeys(bytes: String, expected: [Key]) {
        #expect(keys(bytes) == expected)
    }

    @Test func whatIsCutWaitsForItsEnd() {
        var reader = KeyReader()
        #expect(reader.read([0x1B]).isEmpty)
        #expect(reader.isWaiting)
        #expect(reader.read(Array("[".utf8)).isEmpty)
        #expect(reader.read(Array("Bj".utf8)) == [.down, .character("j")])
        let whale = Array("🐳".utf8)
        #expect(reader.read(whale.prefix(2)).isEmpty)
        #expect(reader.read(whale.dropFirst(2)) == [.character("🐳")])
        #expect(!reader.isWaiting)
    }

    @Test func brokenBytesAreNoKeys() {
        var reader = KeyReader()
        #expect(reader.read([0xFF, 0xC0, 0x80, 0xE2, 0x41]) == [.character("A")])
        #expect(reader.read([0xED, 0xA0, 0x80, 0x42]) == [.character("B")])
        let long = [0x1B, 0x5B] + [UInt8](repeating: 0x31, count: 5000)
        #expect(reader.read(long).isEmpty || reader.isWaiting)
        #expect(reader.flush().isEmpty)
    }
}
