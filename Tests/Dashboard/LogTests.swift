import Engine
import Search
import Terminal
import Testing

@testable import Dashboard

/// A log view over logs in memory; what it asks for is read by the same errands as in earnest.
struct LogDesk {
    var state: DashboardState
    let engine: FakeEngine
    var asked: [LogRequest.Part] = []
    var copied: [String] = []

    init(
        _ logs: [ContainerID: [LogLine]], bounds: LogWindow.Bounds = LogWindow.Bounds(lines: 6000, bytes: 8 << 20)
    ) async {
        engine = FakeEngine(containers: Scenery.containers, images: [], logs: logs, now: Scenery.now)
        state = Scenery.state(view: .containers, columns: 90, rows: 24)
        state.logs.window = LogWindow(bounds: bounds)
        state.list.select(Scenery.id(0))
        await press(.character("7"))
    }

    init(_ count: Int) async { await self.init([Scenery.id(0): Scenery.log(count)]) }

    mutating func press(_ key: Key) async { await answer(state.update(.key(key))) }

    mutating func type(_ text: String) async { for character in text { await press(.character(character)) } }

    mutating func answer(_ effects: [Effect]) async {
        for effect in effects {
            if case .copy(let text) = effect { copied.append(text) }
            guard case .errand(let errand) = effect, let request = errand.errand as? LogRequest else { continue }
            asked.append(request.part)
            for answer in await answers(request) { await self.answer(state.update(.answer(.logs, answer))) }
        }
    }

    /// What follows comes by `live`; the rest as it is.
    private func answers(_ request: LogRequest) async -> [LogAnswer] {
        let library = LogLibrary(engine: engine, query: request.query)
        switch request.part {
        case .following: return []
        case .newest(let count):
            let cursors = request.query.sources.map { _ in LogPageRequest.Cursor.end }
            guard let page = try? await library.page(cursors, count: count) else { return [] }
            return [
                LogAnswer(
                    generation: request.generation, part: request.part,
                    content: .newest(page.lines, isWhole: page.isLast))
            ]
        default:
            let (stream, continuation) = AsyncStream<LogAnswer>.makeStream()
            await request.run(ErrandServices(engine: engine, statistics: Scenery.statistics())) { answer in
                if let answer = answer as? LogAnswer { continuation.yield(answer) }
            }
            continuation.finish()
            var answers: [LogAnswer] = []
            for await answer in stream { answers.append(answer) }
            return answers
        }
    }

    /// A line comes while the log is followed.
    mutating func live(_ texts: [String], source: Int = 0, time: Timestamp = Scenery.now) async {
        let lines = texts.enumerated().map { index, text in
            LogWindow.Line(
                LogLine(
                    time: time, stream: .stdout, bytes: Array(text.utf8),
                    place: LogPlace(part: .max - 1000, offset: Int64(index))), source: source)
        }
        let answer = LogAnswer(
            generation: state.logs.generation, part: .newest(count: LogState.pageLines), content: .live(lines))
        await self.answer(state.update(.answer(.logs, answer)))
    }

    var lines: [String] { Frame.draw(state, look: Look(theme: .plain, glyphs: .unicode)).canvas.lines }

    func shows(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
}

@Suite struct LogTests {
    @Test func theNewestLinesAreShownAndFollowed() async {
        var desk = await LogDesk(5000)
        #expect(desk.shows("/item/4998 "))
        await desk.live(["the newest"])
        #expect(desk.shows("the newest"))
    }

    @Test func scrollingBackReachesTheVeryFirstLine() async {
        var desk = await LogDesk(12_000)
        for _ in 0..<900 where !desk.shows("/item/0 ") { await desk.press(.pageUp) }
        let isAtStart = desk.shows("/item/0 ")
        #expect(isAtStart)
        #expect(desk.state.logs.window.lines.count <= 6000)
        #expect(!desk.state.logs.window.reachesEnd)
        for _ in 0..<900 where !desk.shows("/item/11998 ") { await desk.press(.pageDown) }
        let isAtEnd = desk.shows("/item/11998 ")
        #expect(isAtEnd)
        #expect(desk.state.logs.window.reachesEnd)
        let times = desk.state.logs.window.lines.map(\.time)
        #expect(times == times.sorted() && Set(times).count == times.count)
    }

    @Test func gGoesToTheBeginningAtOnceAndShiftGBack() async {
        var desk = await LogDesk(20_000)
        let before = desk.asked.count
        await desk.press(.character("g"))
        #expect(desk.shows("/item/0 "))
        #expect(desk.shows("the beginning"))
        #expect(desk.asked.count == before + 1)
        await desk.press(.character("G"))
        #expect(desk.shows("/item/19998 "))
        #expect(desk.state.logs.isFollowing)
    }

    @Test func searchingGoesOnBeyondWhatIsInMemory() async {
        var desk = await LogDesk(20_000)
        await desk.press(.character("/"))
        await desk.type("item/4321 ")
        #expect(desk.shows("/item/4321 "))
        await desk.press(.enter)
        #expect(desk.state.logs.search?.total == 1)
        #expect(desk.state.logs.search?.rank == 1)
        #expect(desk.shows("/item/4321  1/1"))
        await desk.press(.character("n"))
        #expect(desk.state.notice?.text.contains("not further up") == true)
        await desk.press(.escape)
        #expect(desk.state.logs.search == nil)
    }

    @Test func stepsThatAreAskedForWhileItIsSearchedAreTakenThen() async throws {
        var desk = await LogDesk(20_000)
        var effects: [Effect] = []
        for key in "/~item/43\\d\\d ".map({ Key.character($0) }) + [.enter] {
            let new = desk.state.update(.key(key))
            if !new.isEmpty { effects = new }
        }
        let pending = try #require(desk.state.logs.pending)
        #expect(pending.slot == .find)
        // Nothing is begun anew for them.
        for key in ["n", "n", "n", "N"] as [Character] {
            #expect(desk.state.update(.key(.character(key))).isEmpty)
            #expect(desk.state.logs.pending == pending)
        }
        #expect(desk.state.notice?.text == "searching, then 2 matches further up")
        await desk.answer(effects)
        let search = try #require(desk.state.logs.search)
        let total = try #require(search.total)
        #expect(total > 3 && search.rank == total - 2 && search.steps == 0)
        #expect(desk.shows("\(total - 2)/\(total)"))
    }

    @Test func queuedStepsEndWithTheMatches() async {
        var desk = await LogDesk(20_000)
        var effects: [Effect] = []
        for key in "/item/4321 nnn".map({ Key.character($0 == "n" ? "n" : $0) }) {
            if key == .character("n"), desk.state.prompt != nil { _ = desk.state.update(.key(.enter)) }
            let new = desk.state.update(.key(key))
            if !new.isEmpty { effects = new }
        }
        await desk.answer(effects)
        #expect(desk.shows("/item/4321 "))
        #expect(desk.state.logs.search?.steps == 0 && desk.state.logs.pending == nil)
        #expect(desk.state.notice?.text.contains("not further up") == true)
    }

    @Test func matchesAreCountedAndGoneThroughOneByOne() async {
        var desk = await LogDesk(300)
        await desk.press(.character("#"))
        await desk.type("slow")
        await desk.press(.enter)
        #expect(desk.shows("/slow 30/30"))
        await desk.press(.character("n"))
        #expect(desk.shows("/slow 29/30"))
        #expect(desk.shows("slow request 287"))
        await desk.press(.character("N"))
        #expect(desk.shows("/slow 30/30"))
        await desk.live(["a slow newcomer"])
        #expect(desk.shows("/slow 30/31"))
    }

    @Test func aRegularExpressionIsSearchedAndABadOneIsToldGently() async {
        var desk = await LogDesk(300)
        await desk.press(.character("/"))
        await desk.type("~item/1[01]\\d ")
        await desk.press(.enter)
        #expect(desk.state.logs.search?.total == 18)
        await desk.press(.character("/"))
        await desk.type("~item/(")
        #expect(desk.state.logs.search == nil)
        #expect(desk.shows("missing closing parenthesis"))
        await desk.press(.enter)
        #expect(desk.state.notice?.text.contains("at character 7") == true)
    }

    @Test func onlyLinesThatHaveATextOrHaveItNot() async {
        var desk = await LogDesk(300)
        await desk.press(.character("&"))
        await desk.type("slow")
        await desk.press(.enter)
        #expect(desk.state.logs.window.lines.count == 30)
        #expect(desk.shows("lines: slow"))
        await desk.press(.character("&"))
        for _ in 0..<4 { await desk.press(.backspace) }
        await desk.type("!GET")
        await desk.press(.enter)
        #expect(desk.state.logs.window.lines.count == 30)
        await desk.press(.escape)
        #expect(desk.state.logs.query.filter == nil)
        #expect(desk.state.logs.window.lines.count == 300)
        await desk.press(.character("&"))
        await desk.type("nowhere at all")
        await desk.press(.enter)
        #expect(desk.shows("no line fits: nowhere at all"))
    }

    @Test func whoReadsFurtherUpIsNotMovedByNewLines() async {
        var desk = await LogDesk(5000)
        for _ in 0..<3 { await desk.press(.pageUp) }
        let before = desk.lines.filter { $0.contains("/item/") }
        await desk.live((0..<50).map { "new \($0)" })
        #expect(desk.lines.filter { $0.contains("/item/") } == before)
        #expect(!before.isEmpty)
    }

    @Test func answersToAnotherContainersLogAreDropped() async {
        var desk = await LogDesk(300)
        let old = desk.state.logs.generation
        await desk.press(.escape)
        await desk.press(.character("j"))
        await desk.press(.character("7"))
        let stray = LogWindow.Line(
            LogLine(time: Scenery.now, stream: .stdout, bytes: Array("stray".utf8)), source: 0)
        let answer = LogAnswer(generation: old, part: .newest(count: 1), content: .live([stray]))
        await desk.answer(desk.state.update(.answer(.logs, answer)))
        #expect(!desk.state.logs.window.lines.contains { $0.bytes == Array("stray".utf8) })
    }

    @Test func theLogIsClosedWhenItIsNotSeen() async {
        var desk = await LogDesk(300)
        let effects = desk.state.update(.key(.escape))
        #expect(effects.contains(.endErrand(.logs, slot: "live")))
        #expect(!desk.state.logs.isLive)
    }

    @Test(arguments: [("2", 60), ("3", 300), ("4", 900), ("5", 1800), ("6", 3600), ("<", 86_400)])
    func aRangeOpensTheLogAnew(key: String, seconds: Int) async {
        var desk = await LogDesk(300)
        await desk.type(key)
        #expect(desk.state.logs.query.since == Scenery.now.advanced(by: .seconds(-seconds)))
        #expect(desk.state.logs.window.lines.allSatisfy { $0.time >= Scenery.now.advanced(by: .seconds(-seconds)) })
        #expect(desk.shows("last "))
        await desk.press(.character("0"))
        #expect(desk.state.logs.query.since == nil)
        #expect(desk.state.logs.window.lines.count == 300)
        await desk.press(.character("1"))
        #expect(desk.shows("/item/0 ") && !desk.state.logs.isFollowing)
    }

    @Test func markedContainersAreMergedByTime() async {
        var desk = await LogDesk([Scenery.id(0): Scenery.log(300), Scenery.id(1): Scenery.jsonLog(60)])
        await desk.press(.escape)
        for number in 0...1 {
            desk.state.list.marks.insert(Scenery.id(number))
        }
        await desk.press(.character("7"))
        let lines = desk.state.logs.window.lines
        #expect(lines.count == 360)
        #expect(lines.map(\.time) == lines.map(\.time).sorted())
        #expect(desk.shows("2 containers, marked"))
        #expect(desk.lines.contains { $0.contains(" web  GET") } && desk.lines.contains { $0.contains(" wave {") })
        // A line of the other log that comes late stands where it belongs.
        await desk.live(["late"], source: 1, time: Scenery.now.advanced(by: .milliseconds(-4500)))
        let times = desk.state.logs.window.lines.map(\.time)
        #expect(times == times.sorted())
        await desk.press(.character("A"))
        #expect(desk.state.logs.query.sources.count == Scenery.containers.filter(\.state.isAlive).count)
    }

    @Test func pagesOfSeveralLogsLeaveNothingOut() async {
        let many = (0..<4000).map {
            LogLine(
                time: Scenery.now.advanced(by: .milliseconds(($0 - 4000) * 10)), stream: .stdout,
                bytes: Array("chatter \($0)".utf8))
        }
        var desk = await LogDesk([Scenery.id(0): Scenery.log(5000), Scenery.id(3): many])
        await desk.press(.escape)
        desk.state.list.marks = [Scenery.id(0), Scenery.id(3)]
        await desk.press(.character("7"))
        for _ in 0..<800 where !desk.state.logs.window.reachesStart { await desk.press(.pageUp) }
        let lines = desk.state.logs.window.lines
        #expect(lines.first.map { String(decoding: $0.bytes, as: UTF8.self) } == "GET /item/0 200 0ms")
        #expect(lines.map(\.time) == lines.map(\.time).sorted())
        #expect(Set(lines.map(\.key)).count == lines.count)
        let first = lines.filter { $0.source == 0 }.map(\.place.part)
        #expect(zip(first, first.dropFirst()).allSatisfy { $1 - $0 == 1_000_000_000 })
    }
}
