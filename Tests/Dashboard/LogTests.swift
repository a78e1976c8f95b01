import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct LogTests {
    private func line(_ second: Int, _ text: String, partial: Bool = false) -> LogLine {
        LogLine(time: Timestamp(seconds: Int64(second)), stream: .stdout, bytes: Array(text.utf8), isPartial: partial)
    }

    private func texts(_ window: LogWindow) -> [String] {
        window.lines.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    // MARK: The window

    @Test func partsOfALineAreJoined() {
        var window = LogWindow()
        _ = window.append([line(1, "a", partial: true), line(1, "b", partial: true)])
        _ = window.append([line(1, "c"), line(2, "d")])
        #expect(texts(window) == ["abc", "d"])
    }

    @Test func anEndlessLineIsBroken() {
        var window = LogWindow()
        let part = String(repeating: "x", count: 16 << 10)
        for _ in 0..<20 { _ = window.append([line(1, part, partial: true)]) }
        #expect(window.lines.count == 5)
        #expect(window.lines.allSatisfy { $0.bytes.count <= LogWindow.longestLine })
    }

    @Test func theWindowStaysWithinItsBoundsAndSaysWhatFellOut() {
        var window = LogWindow(bounds: LogWindow.Bounds(lines: 100, bytes: 1 << 20))
        window.reachesStart = true
        var dropped = 0
        for second in 0..<1000 { dropped += window.append([line(second, "line \(second)")]) }
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

    @Test func anOlderPageJoinsWithoutRepeatingLinesOfTheSameMoment() {
        var window = LogWindow()
        _ = window.append([line(5, "e2"), line(5, "e3"), line(6, "f")])
        let page = [line(3, "c"), line(4, "d"), line(5, "e1"), line(5, "e2"), line(5, "e3")]
        #expect(window.prepend(page, isWhole: false) == 3)
        #expect(texts(window) == ["c", "d", "e1", "e2", "e3", "f"])
        #expect(!window.reachesStart)
        #expect(window.prepend([line(3, "c")], isWhole: true) == 0)
        #expect(window.reachesStart)
    }

    @Test func olderPagesPushTheNewestLinesOut() {
        var window = LogWindow(bounds: LogWindow.Bounds(lines: 10, bytes: 1 << 20))
        _ = window.append((10..<20).map { line($0, "\($0)") })
        window.reachesEnd = true
        #expect(window.prepend((5...10).map { line($0, "\($0)") }, isWhole: false) == 5)
        #expect(texts(window).first == "5")
        #expect(window.lines.count == 10)
        #expect(!window.reachesEnd)
    }

    @Test func aNewerPageJoinsWithoutRepeating() {
        var window = LogWindow()
        _ = window.append([line(1, "a"), line(2, "b1"), line(2, "b2")])
        let fresh = window.withoutKnown([line(2, "b1"), line(2, "b2"), line(2, "b3"), line(3, "c")])
        #expect(fresh.map { String(decoding: $0.bytes, as: UTF8.self) } == ["b3", "c"])
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

    @Test func wideCharactersWrapWhole() {
        let geometry = LogGeometry(width: 5, height: 4, wraps: true)
        var window = LogWindow()
        _ = window.append([line(1, "鯨鯨鯨")])
        #expect(geometry.rows(of: window.lines[0]) == 2)
    }

    @Test func coloursTakeNoRoomAndHideNoMatch() {
        let bytes = Array("\u{1b}[31mer\u{1b}[0mror".utf8)
        #expect(LogText.rowCount(bytes, width: 5) == 1)
        #expect(LogSearch(text: "error").matches(bytes, needle: Array("error".utf8)))
        #expect(String(decoding: LogText.plain(Array("\u{1b}]0;title\u{7}x\u{1b}".utf8)), as: UTF8.self) == "x")
    }

    @Test(arguments: [("error", true), ("ERROR", false), ("Error", true), ("", false), ("rror:", true)])
    func caseCountsOnlyWithUpperCaseInThePattern(pattern: String, found: Bool) {
        let search = LogSearch(text: pattern)
        #expect(search.matches(Array("An Error: x".utf8), needle: Array(pattern.utf8)) == found)
    }

    // MARK: The pane

    /// A log view over a log of `count` lines, answered from memory as an engine would.
    private struct Desk {
        var state: DashboardState
        let log: [LogLine]
        var answered = 0

        init(_ count: Int, bounds: LogWindow.Bounds = LogWindow.Bounds(lines: 6000, bytes: 8 << 20)) {
            log = Scenery.log(count)
            state = Scenery.state(view: .overview, columns: 80, rows: 24)
            state.logs.window = LogWindow(bounds: bounds)
            state.list.select(Scenery.id(0))
            press(.character("7"))
        }

        mutating func press(_ key: Key) { answer(state.update(.key(key))) }

        mutating func type(_ text: String) { for character in text { press(.character(character)) } }

        mutating func answer(_ effects: [Effect]) {
            for case .log(let request) in effects {
                answered += 1
                let content: LogMessage.Content
                switch request.part {
                case .newest(let tail): content = .lines(Array(log.suffix(tail)))
                case .beginning(let count): content = .forward(Array(log.prefix(count)), reachedEnd: count >= log.count)
                case .before(let first, let count):
                    content = .page(Array(log.filter { $0.time <= first }.suffix(count)))
                case .after(let last, let count):
                    let later = log.filter { $0.time >= last }
                    content = .forward(Array(later.prefix(count)), reachedEnd: later.count < count)
                case .following(let last): content = .lines(log.filter { $0.time >= last })
                }
                answer(
                    state.update(.log(LogMessage(generation: request.generation, part: request.part, content: content)))
                )
            }
        }

        var lines: [String] {
            Frame.draw(state, look: Look(theme: .plain, glyphs: .unicode)).canvas.lines
        }

        func shows(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
    }

    @Test func theNewestLinesAreShownAndFollowed() {
        var desk = Desk(5000)
        #expect(desk.shows("/item/4998 "))
        let more = LogLine(time: Scenery.now, stream: .stdout, bytes: Array("the newest".utf8))
        let message = LogMessage(
            generation: desk.state.logs.generation, part: .newest(tail: 1), content: .lines([more]))
        desk.answer(desk.state.update(.log(message)))
        #expect(desk.shows("the newest"))
    }

    @Test func scrollingBackReachesTheVeryFirstLine() {
        var desk = Desk(12_000)
        for _ in 0..<900 where !desk.shows("/item/0 ") { desk.press(.pageUp) }
        let isAtStart = desk.shows("/item/0 ")
        #expect(isAtStart)
        #expect(desk.state.logs.window.lines.count <= 6000)
        #expect(!desk.state.logs.window.reachesEnd)
        for _ in 0..<900 where !desk.shows("/item/11998 ") { desk.press(.pageDown) }
        let isAtEnd = desk.shows("/item/11998 ")
        #expect(isAtEnd)
        #expect(desk.state.logs.window.reachesEnd)
    }

    @Test func gGoesToTheBeginningAtOnceAndShiftGBack() {
        var desk = Desk(20_000)
        let before = desk.answered
        desk.press(.character("g"))
        #expect(desk.shows("/item/0 "))
        #expect(desk.shows("the beginning"))
        #expect(desk.answered == before + 1)
        desk.press(.character("G"))
        #expect(desk.shows("/item/19998 "))
        #expect(desk.state.logs.isFollowing)
    }

    @Test func searchingGoesOnBeyondWhatIsInMemory() {
        var desk = Desk(20_000)
        desk.press(.character("/"))
        desk.type("item/4321 ")
        #expect(desk.shows("/item/4321 "))
        desk.press(.enter)
        desk.press(.character("n"))
        #expect(desk.state.notice?.text.contains("not further up") == true)
        desk.press(.escape)
        #expect(desk.state.logs.search == nil)
    }

    @Test func matchesAreGoneThroughOneByOne() {
        var desk = Desk(300)
        desk.press(.character("/"))
        desk.type("slow")
        desk.press(.enter)
        let first = desk.state.logs.search?.line
        #expect(first == 297)
        desk.press(.character("n"))
        #expect(desk.state.logs.search?.line == 287)
        desk.press(.character("N"))
        #expect(desk.state.logs.search?.line == 297)
    }

    @Test func whoReadsFurtherUpIsNotMovedByNewLines() {
        var desk = Desk(5000)
        for _ in 0..<3 { desk.press(.pageUp) }
        let before = desk.lines.filter { $0.contains("/item/") }
        let more = (0..<50).map {
            LogLine(time: Scenery.now.advanced(by: .seconds($0)), stream: .stdout, bytes: Array("new \($0)".utf8))
        }
        let message = LogMessage(generation: desk.state.logs.generation, part: .newest(tail: 1), content: .lines(more))
        desk.answer(desk.state.update(.log(message)))
        #expect(desk.lines.filter { $0.contains("/item/") } == before)
        #expect(!before.isEmpty)
    }

    @Test func answersToAnotherContainersLogAreDropped() {
        var desk = Desk(300)
        let old = desk.state.logs.generation
        desk.press(.escape)
        desk.press(.character("j"))
        let stray = LogLine(time: Scenery.now, stream: .stdout, bytes: Array("stray".utf8))
        _ = desk.state.update(
            .log(LogMessage(generation: old, part: .newest(tail: 1), content: .lines([stray]))))
        #expect(!desk.state.logs.window.lines.contains { $0.bytes == Array("stray".utf8) })
    }

    @Test func theLogIsClosedWhenItIsNotSeen() {
        var desk = Desk(300)
        #expect(desk.state.update(.key(.character("f"))).isEmpty)
        _ = desk.state.update(.key(.escape))
        #expect(desk.state.update(.key(.character("3"))).contains(.closeLog))
    }

    @Test func aRangeOpensTheLogAnew() {
        var desk = Desk(300)
        let effects = desk.state.update(.key(.character("<")))
        let request = effects.compactMap { if case .log(let request) = $0 { request } else { nil } }.first
        #expect(request?.since == Scenery.now.advanced(by: .seconds(-86_400)))
        #expect(desk.state.logs.range == .day)
        _ = desk.state.update(.key(.character("0")))
        #expect(desk.state.logs.range == .all)
        #expect(desk.state.logs.since == nil)
    }
}
