import Engine
import Synchronization
import Terminal
import Testing

@testable import Dashboard

/// What the keys of the log do beyond reading and searching.
@Suite struct LogKeyTests {
    @Test func timesTurnFromOffToLocalToUTCToAgo() async {
        var desk = await LogDesk(300)
        await desk.press(.character("t"))
        #expect(desk.shows("07:59:59.000 "))
        desk.state.utcOffset = 7200
        #expect(desk.shows("09:59:59.000 "))
        await desk.press(.character("t"))
        #expect(desk.shows("07:59:59.000Z "))
        await desk.press(.character("t"))
        #expect(desk.shows("-1s "))
        await desk.press(.character("t"))
        #expect(desk.state.logs.time == .off)
        await desk.press(.control("t"))
        await desk.type("-03:30")
        await desk.press(.enter)
        #expect(desk.shows("04:29:59.000 "))
    }

    @Test(arguments: [("+02:00", 7200), ("-3", -10_800), ("UTC", 0), ("+05:30", 19_800)])
    func zonesAreRead(text: String, seconds: Int64) { #expect(LogTime.zone(text) == seconds) }

    @Test(arguments: ["", "02:00", "+25", "+1:99", "east"])
    func whatIsNoZoneIsRefused(text: String) { #expect(LogTime.zone(text) == nil) }

    @Test func momentsAreRead() {
        let now = Timestamp(seconds: 1_800_000_000)
        func seconds(_ text: String) -> Int? { LogTime.moment(text, now: now, offset: 3600).map { Int($0.seconds) } }
        #expect(seconds("10m") == 1_800_000_000 - 600)
        #expect(seconds("2d") == 1_800_000_000 - 172_800)
        #expect(seconds("09:00") == 1_800_000_000)
        #expect(seconds("08:59:30") == 1_800_000_000 - 30)
        #expect(seconds("09:01") == 1_800_000_000 + 60 - 86_400)
        #expect(seconds("2027-01-14 09:00") == 1_800_000_000 - 86_400)
        #expect(seconds("soon") == nil)
    }

    @Test func aMomentIsGoneToWhereverItIs() async {
        var desk = await LogDesk(20_000)
        await desk.press(.character("@"))
        await desk.type("4h")
        await desk.press(.enter)
        #expect(desk.shows("/item/5600 "))
        #expect(!desk.state.logs.isFollowing)
    }

    @Test func linesAreMarkedAndMarksAreGoneTo() async {
        var desk = await LogDesk(300)
        await desk.press(.character("m"))
        #expect(desk.state.logs.marks.count == 1)
        #expect(desk.lines.contains { $0.contains("────────────") && !$0.contains("┏") && !$0.contains("┗") })
        for _ in 0..<3 { await desk.press(.pageUp) }
        await desk.press(.character("m"))
        #expect(desk.state.logs.marks.count == 2)
        await desk.press(.character("'"))
        let first = desk.state.logs.cursor
        await desk.press(.character("'"))
        #expect(desk.state.logs.cursor != first)
        await desk.press(.character("\""))
        #expect(desk.state.logs.cursor == first)
        await desk.press(.character("m"))
        #expect(desk.state.logs.marks.count == 1)
    }

    @Test func clearingLeavesOnlyWhatComesFromThenOn() async {
        var desk = await LogDesk(300)
        await desk.press(.character("C"))
        #expect(desk.shows("cleared"))
        await desk.live(["after"])
        #expect(desk.shows("after"))
        await desk.press(.character("0"))
        #expect(desk.state.logs.window.lines.count == 300)
    }

    @Test func jsonUnfoldsAndStandsInColumns() async {
        var desk = await LogDesk([Scenery.id(0): Scenery.jsonLog(20)])
        await desk.press(.enter)
        #expect(desk.shows("berth: 3"))
        #expect(desk.shows("tonnes: 190"))
        await desk.press(.enter)
        #expect(!desk.shows("tonnes: 190"))
        await desk.press(.escape)
        await desk.press(.character("o"))
        #expect(desk.lines.contains { $0.contains("ERROR 08:00:07.5") && $0.contains("tide 17 is late berth=1") })
        await desk.press(.character("O"))
        await desk.type("level berth")
        await desk.press(.enter)
        #expect(desk.lines.contains { $0.contains("ERROR 1") && !$0.contains("tide") })
    }

    @Test func theRunBeforeIsShownAlone() async throws {
        var desk = await LogDesk(300)
        let events = [250, 100].map {
            Event(
                time: Scenery.now.advanced(by: .seconds(-$0)), type: .container, action: "start",
                actorID: Scenery.id(0).rawValue)
        }
        let answer = LogAnswer(
            generation: desk.state.logs.generation, part: .starts, content: .starts(events.map(\.time)))
        desk.state.logs.pending = .starts
        await desk.answer(desk.state.update(.answer(.logs, answer)))
        #expect(desk.shows("previous run"))
        #expect(desk.state.logs.query.until.map { $0 < Scenery.now.advanced(by: .seconds(-100)) } == true)
        #expect(desk.state.logs.window.lines.count == 200)
        await desk.press(.character("p"))
        #expect(desk.state.logs.run == nil)
        #expect(desk.state.logs.window.lines.count == 300)
    }

    @Test func linesAreCopiedWithoutTheirColours() async {
        var desk = await LogDesk(300)
        await desk.press(.character("/"))
        await desk.type("slow")
        await desk.press(.enter)
        await desk.press(.character("c"))
        #expect(desk.copied.last == "warn slow request 297")
        await desk.press(.character("v"))
        await desk.press(.up)
        await desk.press(.character("c"))
        #expect(desk.copied.last == "GET /item/296 200 26ms\nwarn slow request 297")
    }

    @Test(arguments: [(false, "warn slow request 7\n"), (true, "\u{1b}[33mwarn\u{1b}[0m slow request 7\n")])
    func aLogIsSavedWhole(hasColours: Bool, expected: String) async throws {
        let written = Mutex<[UInt8]>([])
        let engine = FakeEngine(
            containers: Scenery.containers, images: [], logs: [Scenery.id(0): Scenery.log(12_000)], now: Scenery.now)
        var host = HostServices()
        host.writeFile = { path, next in
            while let piece = try await next() { written.withLock { $0 += piece } }
            return "/there/" + path
        }
        let saving = LogSaving(
            query: LogQuery(sources: [LogSource(id: Scenery.id(0), name: "web")]), path: "web.log", hasTimes: false,
            hasColours: hasColours)
        let outcome = Mutex<LogSaving.Outcome?>(nil)
        await saving.run(ErrandServices(engine: engine, statistics: Scenery.statistics(), host: host)) { answer in
            outcome.withLock { $0 = answer as? LogSaving.Outcome }
        }
        let words = try outcome.withLock { $0 }?.result.get()
        #expect(words == "saved 12000 lines to /there/web.log")
        let text = written.withLock { String(decoding: $0, as: UTF8.self) }
        #expect(text.split(separator: "\n").count == 12_000)
        #expect(text.contains(expected))
    }

    @Test func savingAsksWhereAndWhat() async {
        var desk = await LogDesk(300)
        await desk.press(.character("2"))
        await desk.press(.control("s"))
        #expect(desk.shows("web.log") && desk.shows("the shown ones"))
        let effects = desk.state.update(.key(.enter))
        let saving = effects.compactMap { effect -> LogSaving? in
            if case .errand(let errand) = effect { errand.errand as? LogSaving } else { nil }
        }.first
        #expect(saving?.path == "web.log" && saving?.query.since != nil && saving?.hasColours == false)
        #expect(desk.state.form == nil)
    }

    @Test func rulesColourWhatTheyFind() throws {
        let highlighter = LogHighlighter([
            LogHighlight(pattern: "tide \\d+", role: .error), LogHighlight(pattern: "(", role: .warning),
        ])
        #expect(highlighter.problems.count == 1)
        let look = Look(theme: try #require(try Theme.builtIn(Theme.builtInNames[0])), glyphs: .unicode)
        var glyphs = LogText.glyphs(Array("the tide 17 is in".utf8), plain: look[.text])
        highlighter.apply(to: &glyphs, plain: look[.text], look)
        let coloured = glyphs.filter { $0.style.foreground == look[.error].foreground }.map(\.glyph.base)
        #expect(String(String.UnicodeScalarView(coloured)) == "tide 17")
    }

    @Test func theBuiltInRulesAreSwitchedOffAndOnesOwnStay() throws {
        let theme = try #require(try Theme.builtIn(Theme.builtInNames[0]))
        let look = Look(theme: theme, glyphs: .unicode)
        var state = Scenery.state(view: .logs)
        func coloured(_ text: String) -> String {
            var glyphs = LogText.glyphs(Array(text.utf8), plain: look[.text])
            state.logHighlighter.apply(to: &glyphs, plain: look[.text], look)
            let bases = glyphs.filter { $0.style.foreground != look[.text].foreground }.map(\.glyph.base)
            return String(String.UnicodeScalarView(bases))
        }
        #expect(coloured("an error at tide 17") == "error")
        var settings = state.settings
        settings.highlights = [HighlightSetting(pattern: "tide", role: .accent, place: "c.yaml:1:1")]
        state.adopt(settings)
        #expect(coloured("an error at tide 17") == "errortide")
        settings.usesBuiltInHighlights = false
        state.adopt(settings)
        #expect(coloured("an error at tide 17") == "tide")
        settings.usesBuiltInHighlights = true
        state.adopt(settings)
        #expect(coloured("an error at tide 17") == "errortide")
    }

    @Test func linesThatAreCutAreReadSideways() async {
        let end = String(repeating: "-", count: 120) + "the far end"
        let line = LogLine(time: Scenery.now, stream: .stdout, bytes: Array("the beginning \(end)".utf8))
        var desk = await LogDesk([Scenery.id(0): [line]])
        await desk.press(.character("w"))
        #expect(desk.shows("the beginning") && !desk.shows("the far end"))
        for _ in 0..<9 { await desk.press(.right) }
        #expect(desk.state.logs.column == 72)
        #expect(!desk.shows("the beginning") && desk.shows("the far end"))
        for _ in 0..<20 { await desk.press(.left) }
        #expect(desk.state.logs.column == 0)
        #expect(desk.shows("the beginning") && !desk.shows("the far end"))
        // Who goes sideways wants the lines cut.
        await desk.press(.character("w"))
        #expect(desk.shows("the beginning") && desk.shows("the far end"))
        await desk.press(.right)
        #expect(!desk.state.logs.wraps && !desk.shows("the beginning"))
    }

    @Test(arguments: [
        (#"{"a":[1,{"b":null}],"c":"\u00e9\ud83d\ude00\n"}"#, true), (#"prefix {"a":1}"#, true),
        (#"{"a":1} trailing"#, false),
        ("{\"a\":", false), ("no", false), (String(repeating: "{\"a\":", count: 5000), false), ("{}", true),
        (#"{"a" 1}"#, false),
    ])
    func onlyWholeObjectsAreJSON(text: String, isJSON: Bool) {
        #expect((LogJSON.object(in: Array(text.utf8)) != nil) == isJSON)
    }

    @Test func lastingWorkTellsHowFarItIsAndEscapeStopsIt() async {
        var desk = await LogDesk(20_000)
        _ = desk.state.update(.key(.character("/")))
        for character in "item/4321 " { _ = desk.state.update(.key(.character(character))) }
        _ = desk.state.update(.key(.enter))
        guard let part = desk.state.logs.pending else {
            Issue.record("nothing is looked for")
            return
        }
        let progress = LogAnswer(generation: desk.state.logs.generation, part: part, content: .progress(0.42))
        _ = desk.state.update(.answer(.logs, progress))
        #expect(desk.shows("searching 42 %, Esc stops"))
        let effects = desk.state.update(.key(.escape))
        #expect(effects.contains(.endErrand(.logs, slot: "find")))
        #expect(desk.state.logs.pending == nil && desk.state.logs.search == nil)
    }
}
