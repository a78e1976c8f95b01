import Testing

@testable import Dashboard

@Suite struct PaletteTests {
    private let vocabulary = PaletteVocabulary(
        views: [
            .init(name: "images", title: "Images", aliases: ["img"]), .init(name: "logs", title: "Logs"),
            .init(name: "events", title: "Events"),
        ],
        actions: ["restart", "sort-memory", "quit"], themes: ["abyss", "coral"], layouts: ["work"],
        containers: ["web", "db", "quit"], images: ["demo:latest"], commands: ["stats"], panes: ["logs", "graphs"])

    private let entries = [
        PaletteEntry(kind: .deed, title: "restart", line: "restart", key: "r"),
        PaletteEntry(kind: .deed, title: "sort by memory; images and volumes by size", line: "sort-memory", key: "M"),
        PaletteEntry(kind: .view, title: "Images", line: "images", key: "3"),
        PaletteEntry(kind: .container, title: "restorer", line: "container restorer"),
        PaletteEntry(kind: .theme, title: "coral", line: "theme coral"),
    ]

    @Test func lettersInOrderFit() throws {
        #expect(FuzzyScore("xyz", in: "restart") == nil)
        #expect(try #require(FuzzyScore("rst", in: "restart")).places == [0, 2, 3])
        #expect(try #require(FuzzyScore("mem", in: "sort by memory")).places == [8, 9, 10])
        // Words in any order, letters of any case.
        #expect(FuzzyScore("MEM sort", in: "sort by memory") != nil)
        #expect(FuzzyScore("", in: "anything")?.places == [])
    }

    @Test func beginningsOfWordsWin() throws {
        let start = try #require(FuzzyScore("lo", in: "logs"))
        let middle = try #require(FuzzyScore("lo", in: "catalogue"))
        #expect(start.points > middle.points)
        let scattered = try #require(FuzzyScore("cpu", in: "copy output"))
        let whole = try #require(FuzzyScore("cpu", in: "sort by CPU"))
        #expect(whole.points > scattered.points)
    }

    @Test func aHostileNeedleStaysCheap() {
        let text = String(repeating: "a", count: 100_000)
        #expect(FuzzyScore(text, in: text)?.places.count == FuzzyScore.needleLimit)
    }

    @Test(arguments: [
        ("images", PaletteCommand.view("images")), (":img", .view("images")), ("  logs ", .view("logs")),
        ("sort-memory", .action("sort-memory")),
    ])
    func linesAreRead(line: String, command: PaletteCommand) {
        #expect(PaletteCommand.read(line, vocabulary) == .success(command))
    }

    @Test(arguments: [
        (":q", "quit", ""), ("q!", "quit", ""), ("theme coral", "theme", "coral"), ("logs web", "logs", "web"),
        ("filter !web", "filter", "!web"), ("layout work", "layout", "work"),
        ("save-layout my own", "save-layout", "my own"),
        ("dump svg", "dump", "svg"), ("read-only", "read-only", ""), ("stop", "stop", ""),
        ("stop quit", "stop", "quit"),
    ])
    func wordsAreRead(line: String, name: String, argument: String) throws {
        let word = try #require(PaletteWord.named(name))
        #expect(PaletteCommand.read(line, vocabulary) == .success(.word(word, argument: argument)))
    }

    @Test(arguments: [
        ("", "type what is to be done"), ("theme", "theme wants the name of a theme; there are abyss, coral"),
        ("theme red", "there is no theme named 'red'; there are abyss, coral"),
        ("q now", "nothing may stand behind 'quit'"),
        ("images web", "nothing may stand behind 'images', but 'web' does"),
        ("dump gif", "there is no format named 'gif'; there are svg, text, csv"),
        ("sortmem", "there is no command 'sortmem'; perhaps 'sort-memory'"),
        ("logs nobody", "no container named 'nobody'"),
        ("€€", "there is no command '€€'"),
    ])
    func whatMeansNothingIsTold(line: String, words: String) {
        guard case .failure(let problem) = PaletteCommand.read(line, vocabulary) else {
            Issue.record("'\(line)' was read")
            return
        }
        #expect(problem.text.contains(words))
    }

    @Test func typingNarrowsAndOrders() {
        func titles(_ line: String, recent: [String] = []) -> [String] {
            PaletteRanking.rows(line, entries, vocabulary, recent: recent).map(\.entry.title)
        }
        #expect(titles("rest").first == "restart")
        #expect(titles("mem").first?.hasPrefix("sort by memory") == true)
        #expect(titles("zzz").isEmpty)
        // What was done lately comes first while nothing is typed.
        #expect(titles("", recent: ["theme coral", "images"]).prefix(2) == ["Images", "coral"])
        #expect(titles("").count == entries.count)
    }

    @Test func behindAWordOnlyItsNamesAreOffered() {
        let rows = PaletteRanking.rows("logs ", entries, vocabulary, recent: [])
        #expect(rows.map(\.entry.line) == ["logs web", "logs db", "logs quit"])
        #expect(PaletteRanking.rows("theme c", entries, vocabulary, recent: []).map(\.entry.title) == ["coral"])
        #expect(PaletteRanking.rows("filter web", entries, vocabulary, recent: []).isEmpty)
    }

    @Test func historyGoesBackAndForthAndKeepsTheDraft() {
        var history = PaletteHistory(["images", "theme coral", "images"])
        #expect(history.lines == ["theme coral", "images"])
        #expect(history.older(than: "dra") == "images")
        #expect(history.older(than: "images") == "theme coral")
        #expect(history.older(than: "theme coral") == nil)
        #expect(history.newer() == "images")
        #expect(history.newer() == "dra")
        #expect(history.newer() == nil)
        for number in 0..<300 { history.add("filter \(number)") }
        #expect(history.lines.count == PaletteHistory.limit)
        #expect(history.lines.last == "filter 299")
    }
}
