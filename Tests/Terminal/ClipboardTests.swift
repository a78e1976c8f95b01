import Testing

@testable import Terminal

/// OSC 52 (xterm's control sequences): the text in base 64, as RFC 4648 has it.
@Suite struct ClipboardTests {
    @Test(
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("http://localhost:8080/", "aHR0cDovL2xvY2FsaG9zdDo4MDgwLw=="), ("鯨", "6a+o"),
        ] as [(String, String)])
    func textIsWrittenInBase64(text: String, encoded: String) {
        let written = String(decoding: ScreenCodes.clipboardCode(text).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        #expect(written == "\u{1B}]52;c;\(encoded)\u{07}")
    }

    @Test func insideTmuxItIsSaidToTmuxAndThroughIt() {
        let code = ScreenCodes.clipboardCode("foo", isInTmux: true).map { UInt8(bitPattern: $0) }
        let plain = "\u{1B}]52;c;Zm9v\u{07}"
        #expect(String(decoding: code, as: UTF8.self) == plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\")
    }
}
