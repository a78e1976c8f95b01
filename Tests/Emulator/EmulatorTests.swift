import Terminal
import Testing

@testable import Emulator

struct EmulatorTests {
    @Test func textStandsWhereItWasWritten() throws {
        let screen = try show("\u{1B}[2;5Hdeep\r\nsea")
        #expect(screen.lines.map { $0.text() } == ["", "    deep", "sea", ""])
        #expect(screen.cursor == Point(x: 3, y: 2))
    }

    @Test func nothingNewMeansNoPicture() throws {
        let emulator = try #require(Emulator(size: Size(width: 20, height: 4)))
        #expect(emulator.nextPicture() != nil)
        #expect(emulator.nextPicture() == nil)
        emulator.feed(Array("a".utf8))
        #expect(emulator.nextPicture() != nil)
        emulator.feed(Array("\u{1B}[m".utf8))
        #expect(emulator.nextPicture() == nil)
        emulator.feed(Array("\u{1B}[D".utf8))
        #expect(emulator.nextPicture()?.cursor == Point(x: 0, y: 0))
    }

    @Test func coloursComeAsTheyWereAskedFor() throws {
        let screen = try show(
            "\u{1B}[31ma\u{1B}[38;5;202mb\u{1B}[38;2;1;2;3mc\u{1B}[94;41md\u{1B}[0me\u{1B}[48;5;7m \u{1B}[m")
        let cells = screen.lines[0].cells
        #expect(
            cells.map(\.style.foreground).prefix(5) == [
                ColorDepth.paletteColor(1), ColorDepth.paletteColor(202), .rgb(1, 2, 3), ColorDepth.paletteColor(12),
                .default,
            ])
        #expect(cells[3].style.background == ColorDepth.paletteColor(1))
        #expect(cells[4].style.background == .default)
        #expect(cells[5].style.background == ColorDepth.paletteColor(7))
    }

    @Test func attributesComeAsTheyWereAskedFor() throws {
        let screen = try show("\u{1B}[1ma\u{1B}[0;3mb\u{1B}[0;4mc\u{1B}[0;7md\u{1B}[0;9me\u{1B}[1;4;22;24mf")
        let attributes = screen.lines[0].cells.map(\.style.attributes)
        #expect(attributes == [.bold, .italic, .underline, .reverse, .strike, .strike])
    }

    @Test func wideCharactersTakeTwoCells() throws {
        let screen = try show("a日本b\u{1F600}c")
        let cells = screen.lines[0].cells
        #expect(cells.map(\.width) == [1, 2, 0, 2, 0, 1, 2, 0, 1])
        #expect(screen.lines[0].text() == "a日本b\u{1F600}c")
        #expect(screen.cursor.x == 9)
    }

    @Test func picturesThatCameAfterTheLibraryAreWideToo() throws {
        // U+1FAE0 is of 2021, libvterm 0.1.4's table of 2017.
        let screen = try show("\u{1FAE0}|\u{1F9E1}|")
        #expect(screen.lines[0].cells.map(\.width) == [2, 0, 1, 2, 0, 1])
        #expect(screen.lines[0].text() == "\u{1FAE0}|\u{1F9E1}|")
    }

    @Test func aWideCharacterThatDoesNotFitGoesToTheNextLine() throws {
        let screen = try show("\u{1B}[20Gx日", Size(width: 20, height: 3))
        #expect(screen.lines.map { $0.text() } == [String(repeating: " ", count: 19) + "x", "日", ""])
    }

    @Test func halfAWideCharacterIsABlank() throws {
        let screen = try show("日本\u{1B}[1Gx\u{1B}[4Gy")
        #expect(screen.lines[0].text() == "x  y")
        #expect(screen.lines[0].cells.allSatisfy { $0.width == 1 })
    }

    @Test func combiningMarksStandOnTheirLetters() throws {
        let screen = try show("e\u{301}o\u{308}\u{304}x")
        #expect(screen.lines[0].cells.map(\.scalars.count) == [2, 3, 1])
        #expect(screen.lines[0].text() == "e\u{301}o\u{308}\u{304}x")
        #expect(screen.cursor.x == 3)
    }

    @Test func marksThatTheLibraryDoesNotKnowTakeNoColumn() throws {
        // U+1AC1 is of 2020.
        let screen = try show("a\u{1AC1}b")
        #expect(screen.lines[0].cells.map(\.width) == [1, 1])
        #expect(screen.lines[0].text() == "a\u{1AC1}b")
    }

    @Test func everyCharacterIsAsWideAsOnOurOwnScreen() throws {
        let emulator = try #require(Emulator(size: Size(width: 40, height: 2)))
        var wrong: [UInt32] = []
        // All that people write with; of the many ideographs and syllables one in sixteen.
        let values =
            Array(UInt32(0xA0)...0x33FF) + stride(from: 0x3400, to: 0x1F000, by: 16) + Array(0x1F000...0x1FBFF)
            + stride(from: 0x20000, to: 0x323AF, by: 64)
        for value in values {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let columns =
                switch SafeText.place(of: scalar) {
                case .columns(let columns): columns
                case .mark, .none: 0
                }
            emulator.feed(Array("\r\u{1B}[Ka\(Character(scalar))".utf8))
            if emulator.nextPicture()?.cursor.x != columns + 1 { wrong.append(value) }
        }
        #expect(wrong.prefix(20).isEmpty, "\(wrong.count) wrong")
    }

    @Test func joinedPicturesStayApartAsProgramsCountThem() throws {
        let screen = try show("\u{1F468}\u{200D}\u{1F469}\u{FE0F}x")
        #expect(screen.cursor.x == 5)
        #expect(screen.lines[0].text() == "\u{1F468}\u{1F469}x")
    }

    @Test func theSecondScreenHidesTheFirstAndGivesItBack() throws {
        let emulator = try #require(Emulator(size: Size(width: 20, height: 4)))
        emulator.feed(Array("shell\r\n\u{1B}[?1049h\u{1B}[H\u{1B}[2Jeditor".utf8))
        let inside = try #require(emulator.nextPicture())
        #expect(inside.isAlternate)
        #expect(inside.lines[0].text() == "editor")
        emulator.feed(Array("\u{1B}[?1049l".utf8))
        let after = try #require(emulator.nextPicture())
        #expect(!after.isAlternate)
        #expect(after.lines[0].text() == "shell")
        #expect(after.cursor == Point(x: 0, y: 1))
    }

    @Test func theSecondScreenLeavesNothingAbove() throws {
        let screen = try show("\u{1B}[?1049h" + String(repeating: "line\r\n", count: 50))
        #expect(screen.history.count == 0)
    }

    @Test func lineDrawingAndTabsAndScrollRegions() throws {
        let screen = try show("\u{1B}(0lqk\u{1B}(B\ta\u{1B}[2;3r\u{1B}[3;1Hx\r\ny\u{1B}[r")
        #expect(screen.lines.map { $0.text() } == ["┌─┐     a", "x", "y", ""])
    }

    @Test func repetitionIsCarriedOut() throws {
        #expect(try show("x\u{1B}[4b|").lines[0].text() == "xxxxx|")
        #expect(try show("日\u{1B}[2b|").lines[0].text() == "日日日|")
        #expect(try show("\u{1B}[9999b|").lines[0].text() == "|")
    }

    @Test func theCursorsLooksAreKnown() throws {
        #expect(try show("\u{1B}[?25l").isCursorVisible == false)
        #expect(try show("\u{1B}[4 q").cursorShape == .underline)
        #expect(try show("\u{1B}[6 q").cursorShape == .bar)
        #expect(try show("\u{1B}[?25l\u{1B}[6 q\u{1B}c").isCursorVisible)
    }

    @Test func theBellIsCounted() throws {
        #expect(try show("\u{07}ring\u{07}").bells == 2)
    }

    @Test func aTitleIsHarmlessAndShort() throws {
        #expect(try show("\u{1B}]0;the sea\u{07}").title == "the sea")
        #expect(try show("\u{1B}]2;the \u{1B}\\").title == "the ")
        let hostile = try show("\u{1B}]0;a\u{9B}31m\u{202E}b\u{07}")
        #expect(hostile.title.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
        #expect(!hostile.title.unicodeScalars.contains("\u{202E}"))
        #expect(try show("\u{1B}]0;\(String(repeating: "x", count: 100_000))\u{07}").title.utf8.count < 300)
    }

    @Test func theClipboardIsOutOfReach() throws {
        let emulator = try #require(Emulator(size: Size(width: 30, height: 3)))
        emulator.feed(Array("\u{1B}]52;c;aGVsbG8=\u{07}\u{1B}]52;c;?\u{1B}\\after".utf8))
        #expect(emulator.takeAnswers().isEmpty)
        #expect(emulator.nextPicture()?.lines[0].text() == "after")
    }

    @Test func questionsAreAnswered() throws {
        let emulator = try #require(Emulator(size: Size(width: 30, height: 3)))
        emulator.feed(Array("ab\u{1B}[6n".utf8))
        #expect(String(decoding: emulator.takeAnswers(), as: UTF8.self) == "\u{1B}[1;3R")
        #expect(emulator.takeAnswers().isEmpty)
        emulator.feed(Array("\u{1B}[c".utf8))
        #expect(String(decoding: emulator.takeAnswers(), as: UTF8.self).hasPrefix("\u{1B}[?"))
    }

    @Test func whoNeverReadsItsAnswersFillsNoMemory() throws {
        let emulator = try #require(Emulator(size: Size(width: 30, height: 3)))
        for _ in 0..<200 { emulator.feed(Array(String(repeating: "\u{1B}[6n", count: 1000).utf8)) }
        #expect(emulator.takeAnswers().count <= Emulator.answerLimit)
    }

    @Test func bytesMayComeInAnyPieces() throws {
        let text = Array("a日\u{1F600}e\u{301}\u{1B}[31;1mred\u{1B}]0;title\u{07}\u{1B}[2;3Hz\u{1FAE0}".utf8)
        let whole = try #require(Emulator(size: Size(width: 20, height: 3)))
        whole.feed(text)
        let single = try #require(Emulator(size: Size(width: 20, height: 3)))
        for byte in text { single.feed([byte]) }
        let (a, b) = (try #require(whole.nextPicture()), try #require(single.nextPicture()))
        #expect(a.lines == b.lines)
        #expect(a.title == b.title)
        #expect(a.cursor == b.cursor)
    }

    @Test func brokenTextShowsThatItIsBroken() throws {
        let emulator = try #require(Emulator(size: Size(width: 20, height: 3)))
        emulator.feed([0x61, 0xFF, 0xC3, 0x62, 0xE2, 0x82, 0x63, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x64])
        let text = try #require(emulator.nextPicture()).lines[0].text()
        #expect(text.hasPrefix("a\u{FFFD}\u{FFFD}b\u{FFFD}c"))
        #expect(text.hasSuffix("d"))
    }

    @Test func hiddenControlsAreShownAsPointsNotObeyed() throws {
        #expect(try show("a\u{9B}31mb\u{85}c\u{202E}d").lines[0].text() == "a·31mb·c·d")
    }

    private func show(_ text: String, _ size: Size = Size(width: 40, height: 4)) throws -> ScreenPicture {
        let emulator = try #require(Emulator(size: size))
        emulator.feed(Array(text.utf8))
        return try #require(emulator.nextPicture())
    }
}
