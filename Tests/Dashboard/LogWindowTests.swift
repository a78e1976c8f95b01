import Engine
import Search
import Terminal
import Testing

@testable import Dashboard

@Suite struct LogWindowTests {
    private func line(_ second: Int, _ text: String, source: Int = 0) -> LogWindow.Line {
        let time = Timestamp(seconds: Int64(second))
        return LogWindow.Line(
            LogLine(
                time: time, stream: .stdout, bytes: Array(text.utf8), place: LogPlace(part: time.nanoseconds, offset: 0)
            ),
            source: source)
    }

    private func texts(_ window: LogWindow) -> [String] {
        window.lines.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test func theWindowStaysWithinItsBoundsAndSaysWhatFellOut() {
        var window = LogWindow(bounds: LogWindow.Bounds(lines: 100, bytes: 1 << 20))
        window.reachesStart = true
        var dropped = 0
        for second in 0..<1000 { dropped += window.append([line(second, "line \(second)")]).dropped }
        #expect(window.lines.count <= 100)
        #expect(dropped == 1000 - window.lines.count)
        #expect(texts(window).last == "line 999")
        #expect(!window.reachesStart)
    }

    @Test func bytesBoundTheWindowToo() {
        var window = LogWindow(bounds: LogWindow.Bounds(lines: 100_000, bytes: 10_000))
        for second in 0..<200 { _ = window.append([line(second, String(repeating: "y", count: 500))]) }
        #expect(window.lines.reduce(0) { $0 + $1.bytes.count } <= 10_000)
        #expect(window.lines.count >= 10)
    }

    @Test func olderPagesPushTheNewestLinesOut() {
        var window = LogWindow(bounds: LogWindow.Bounds(lines: 10, bytes: 1 << 20))
        _ = window.append((10..<20).map { line($0, "\($0)") })
        window.reachesEnd = true
        window.prepend((5..<10).map { line($0, "\($0)") }, isWhole: false)
        #expect(texts(window).first == "5")
        #expect(window.lines.count == 10)
        #expect(!window.reachesEnd)
    }

    @Test func linesOfAnotherLogThatComeLateStandInOrder() {
        var window = LogWindow()
        _ = window.append([line(1, "a"), line(3, "c"), line(5, "e")])
        let place = window.append([line(2, "b", source: 1), line(4, "d", source: 1)])
        #expect(texts(window) == ["a", "b", "c", "d", "e"])
        #expect(place.first == 1)
        // One log keeps its own order, whatever its clock does.
        _ = window.append([line(4, "f")])
        #expect(texts(window).last == "f")
    }

    @Test func aPageOfSeveralLogsEndsWhereOneOfThemDoes() {
        let first = LogPage(
            lines: (5..<9).map { LogLine(time: Timestamp(seconds: $0), stream: .stdout, bytes: []) }, isLast: false)
        let second = LogPage(
            lines: (1..<7).map { LogLine(time: Timestamp(seconds: $0), stream: .stdout, bytes: []) }, isLast: true)
        let page = LogMerge.page([first, second], isBackward: true)
        #expect(page.lines.map(\.time.seconds) == [5, 5, 6, 6, 7, 8])
        #expect(!page.isLast)
        let forward = LogMerge.page([LogPage(lines: second.lines, isLast: false), first], isBackward: false)
        #expect(forward.lines.map(\.time.seconds) == [1, 2, 3, 4, 5, 5, 6, 6])
    }

    // MARK: Geometry

    @Test func wrappedLinesAreScrolledRowByRow() {
        let geometry = LogGeometry(width: 10, height: 4, wraps: true)
        var window = LogWindow()
        _ = window.append([
            line(1, String(repeating: "x", count: 25)), line(2, "short"), line(3, String(repeating: "z", count: 11)),
        ])
        #expect(window.lines.map { geometry.rows(of: $0) } == [3, 1, 2])
        let bottom = geometry.bottomPosition(window.lines)
        #expect(bottom == LogGeometry.Position(line: 0, row: 2))
        #expect(geometry.moved(bottom, by: -1, window.lines) == LogGeometry.Position(line: 0, row: 1))
        #expect(geometry.moved(bottom, by: -9, window.lines) == LogGeometry.Position(line: 0, row: 0))
        #expect(geometry.moved(bottom, by: 2, window.lines) == LogGeometry.Position(line: 2, row: 0))
        #expect(geometry.moved(bottom, by: 99, window.lines) == LogGeometry.Position(line: 2, row: 1))
        #expect(geometry.moved(bottom, by: 1, []) == LogGeometry.Position(line: 0, row: 0))
    }

    @Test func unfoldedLinesAndMarksTakeRows() {
        var geometry = LogGeometry(width: 10, height: 4, wraps: true)
        let own = line(1, "x")
        geometry.unfolded[own.key] = [LogTree.Row(indent: 1, name: "a", value: "1")]
        geometry.marks = [own.key]
        #expect(geometry.rows(of: own) == 3)
    }

    @Test func wideCharactersWrapWhole() {
        let geometry = LogGeometry(width: 5, height: 4, wraps: true)
        #expect(geometry.rows(of: line(1, "鯨鯨鯨")) == 2)
    }

    @Test func coloursTakeNoRoomAndHideNoMatch() throws {
        let bytes = Array("\u{1b}[31mer\u{1b}[0mror".utf8)
        #expect(LogText.rowCount(bytes, width: 5) == 1)
        let search = try LogSearch(SearchPattern("error"))
        #expect(search.matches(LogWindow.Line(LogLine(time: Scenery.now, stream: .stdout, bytes: bytes), source: 0)))
    }
}
