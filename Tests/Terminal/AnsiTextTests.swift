import Terminal
import Testing

struct AnsiTextTests {
    @Test func coloursBecomeStyles() {
        var reader = AnsiText()
        let spans = reader.spans("a\u{1B}[1;31mb\u{1B}[38;2;1;2;3mc\u{1B}[0md\u{1B}[48;5;16me")
        #expect(spans.map(\.text) == ["a", "b", "c", "d", "e"])
        #expect(spans[1].style == Style(ColorDepth.paletteColor(1), .bold))
        #expect(spans[2].style.foreground == .rgb(1, 2, 3))
        #expect(spans[3].style == .plain)
        #expect(spans[4].style.background == .rgb(0, 0, 0))
    }

    @Test func theStyleRunsOnToTheNextLine() {
        var reader = AnsiText()
        _ = reader.spans("\u{1B}[4m")
        let spans = reader.spans("x")
        #expect(spans == [Span("x", Style(.default, on: .inherit, .underline))])
    }

    @Test(arguments: [
        "\u{1B}[2J", "\u{1B}[?1049h", "\u{1B}]0;evil\u{07}", "\u{1B}]52;c;xx\u{1B}\\", "\u{1B}P+q\u{1B}\\", "\u{1B}c",
        "\u{1B}(0", "\u{1B}[999999999999999999999m", "\u{1B}[38;2;1m", "\u{1B}[38m", "\u{1B}[>4;2m", "\u{1B}",
        "\u{1B}[", "\u{1B}]never ends",
    ])
    func everyOtherSequenceVanishes(_ sequence: String) {
        var reader = AnsiText()
        let spans = reader.spans(sequence)
        #expect(spans.isEmpty)
    }

    @Test func textBehindASequenceStays() {
        var reader = AnsiText()
        let spans = reader.spans("\u{1B}[2Jhello\u{1B}]0;t\u{07}!")
        #expect(spans.map(\.text) == ["hello", "!"])
    }
}
