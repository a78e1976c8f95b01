import Terminal
import Testing

@testable import Emulator

struct ScrollbackTests {
    private func emulator(_ size: Size = Size(width: 20, height: 4), lines: Int = 100, cells: Int = 1 << 16) throws
        -> Emulator
    {
        try #require(Emulator(size: size, history: Scrollback.Limit(lines: lines, cells: cells)))
    }

    private func write(_ numbers: ClosedRange<Int>, to emulator: Emulator) {
        emulator.feed(Array(numbers.map { "line \($0)\r\n" }.joined().utf8))
    }

    @Test func linesThatScrollAwayAreKept() throws {
        let emulator = try emulator()
        write(1...10, to: emulator)
        let screen = try #require(emulator.nextPicture())
        #expect(screen.history.count == 7)
        #expect((0..<7).map { screen.history[$0].text() } == (1...7).map { "line \($0)" })
        #expect(screen.lines.map { $0.text() } == ["line 8", "line 9", "line 10", ""])
        #expect((screen.start..<screen.end).map { screen.line($0).text() } == (1...10).map { "line \($0)" } + [""])
    }

    @Test func colouredLinesKeepTheirColours() throws {
        let emulator = try emulator()
        emulator.feed(Array("\u{1B}[31mred\u{1B}[m\r\n".utf8))
        write(1...5, to: emulator)
        #expect(try #require(emulator.nextPicture()).history[0].cells[0].style.foreground == ColorDepth.paletteColor(1))
    }

    @Test func theOldestLinesGoFirstAndNumbersStay() throws {
        let emulator = try emulator(lines: 300)
        write(1...1000, to: emulator)
        let screen = try #require(emulator.nextPicture())
        #expect(screen.history.count == 300)
        #expect(screen.history.dropped == 697)
        #expect(screen.line(screen.start).text() == "line 698")
        #expect(screen.line(999).text() == "line 1000")
        #expect(screen.line(3).text() == "")
    }

    @Test func longLinesAreBoundedByTheirCells() throws {
        let emulator = try emulator(Size(width: 1000, height: 2), lines: 1000, cells: 10_000)
        emulator.feed(Array(repeating: UInt8(ascii: "x"), count: 100_000))
        #expect(try #require(emulator.nextPicture()).history.count == 10)
    }

    @Test func anOlderPictureStaysAsItWas() throws {
        let emulator = try emulator()
        write(1...10, to: emulator)
        let before = try #require(emulator.nextPicture())
        write(11...500, to: emulator)
        #expect(before.history.count == 7)
        #expect(before.line(0).text() == "line 1")
        #expect(try #require(emulator.nextPicture()).line(0).text() == "")
    }

    @Test func aLowerScreenPushesLinesAwayAndAHigherOneBringsThemBack() throws {
        let emulator = try emulator(Size(width: 20, height: 6))
        write(1...12, to: emulator)
        let text = { (screen: ScreenPicture) in (screen.start..<screen.end).map { screen.line($0).text() } }
        let before = text(try #require(emulator.nextPicture()))
        emulator.resize(Size(width: 20, height: 3))
        let low = try #require(emulator.nextPicture())
        #expect(low.lines.count == 3)
        #expect(text(low) == before)
        emulator.resize(Size(width: 20, height: 6))
        #expect(text(try #require(emulator.nextPicture())) == before)
    }

    @Test func whatComesBackHasItsColoursAndWidths() throws {
        let emulator = try emulator(Size(width: 20, height: 3))
        emulator.feed(Array("\u{1B}[1;38;2;9;8;7m日\u{1FAE0}e\u{301}\u{1B}[m x\r\n1\r\n2\r\n3".utf8))
        let away = try #require(emulator.nextPicture()).history[0]
        emulator.resize(Size(width: 20, height: 4))
        let back = try #require(emulator.nextPicture())
        #expect(back.history.count == 0)
        #expect(back.lines[0] == away)
        #expect(back.lines[0].text() == "日\u{1FAE0}e\u{301} x")
    }

    @Test func clearingTheHistoryIsObeyed() throws {
        let emulator = try emulator()
        write(1...10, to: emulator)
        emulator.feed(Array("\u{1B}[3J".utf8))
        let screen = try #require(emulator.nextPicture())
        #expect(screen.history.count == 0)
        #expect(screen.lines[0].text() == "line 8")
        #expect(screen.line(7).text() == "line 8")
    }

    @Test func copiedTextJoinsWhatWasOneLine() throws {
        let emulator = try emulator(Size(width: 10, height: 3))
        emulator.feed(Array("0123456789abcdef\r\nshort\r\nmore".utf8))
        let screen = try #require(emulator.nextPicture())
        let first = ScreenPicture.Place(line: 0, column: 8)
        let last = ScreenPicture.Place(line: 3, column: 1)
        #expect(screen.text(from: first, to: last) == "89abcdef\nshort\nmo")
        #expect(screen.text(from: last, to: first) == "89abcdef\nshort\nmo")
        #expect(screen.text(from: last, to: last) == "o")
        #expect(screen.text(fromColumn: 1, to: 2, lines: 2...3) == "ho\nor")
        #expect(screen.text(from: .init(line: -5, column: 3), to: .init(line: 900, column: 3)).hasSuffix("more"))
    }
}
