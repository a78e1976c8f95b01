import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct PlaceTests {
    @Test func backAndForwardGoAlongTheTrail() {
        var trail = PlaceTrail("a")
        trail.go("b")
        trail.go("b")
        trail.go("c")
        #expect(trail.back() == "b")
        #expect(trail.back() == "a")
        #expect(trail.back() == nil)
        #expect(trail.forward() == "b")
        trail.refresh("b2")
        trail.go("d")
        #expect(!trail.canGoForward)
        #expect(trail.places == ["a", "b2", "d"])
        for number in 0..<500 { trail.go("\(number)") }
        #expect(trail.places.count == PlaceTrail<String>.limit)
    }

    @Test func selectionsStayWithinTheirPane() {
        var canvas = Canvas(size: Size(width: 20, height: 6))
        for y in 0..<6 { canvas.put("\(y)|abcdefgh  |other", at: Point(x: 0, y: y)) }
        let room = Rect(x: 2, y: 1, width: 10, height: 4)
        var selection = PaneSelection(room, at: Point(x: 5, y: 2))
        #expect(selection.isEmpty && selection.text(on: canvas) == "")
        selection.drag(to: Point(x: 19, y: 3))
        #expect(selection.text(on: canvas) == "defgh\nabcdefgh")
        selection.drag(to: Point(x: 0, y: 0))
        #expect(selection.text(on: canvas) == "abcdefgh\nabcd")
        selection.paint(on: &canvas)
        #expect(canvas[Point(x: 2, y: 1)].style.attributes.contains(.reverse))
        #expect(!canvas[Point(x: 1, y: 1)].style.attributes.contains(.reverse))
        #expect(!canvas[Point(x: 6, y: 2)].style.attributes.contains(.reverse))
    }

    @Test func theLogOfWhatWasDoneIsBounded() {
        var log = ActivityLog()
        let now = Timestamp(seconds: 100)
        let first = log.begin("stop", "web", command: "spyhop stop web", at: now)
        #expect(log.running.map(\.id) == [first])
        log.end(first, failure: "it is frozen", at: now.advanced(by: .seconds(2)))
        #expect(log.entries.first?.outcome == .failed("it is frozen"))
        #expect(log.entries.first?.seconds(at: now) == 2)
        for number in 0..<1000 { log.begin("start", "box-\(number)", command: "spyhop start", at: now) }
        #expect(log.entries.count == ActivityLog.limit)
        log.end("start", "box-999", at: now)
        #expect(log.entries.last?.outcome == .done)
    }

    @Test func commandsAreSpelledAsAShellReadsThem() {
        #expect(CommandSpelling.operation(.kill(signal: 15), "web") == "spyhop kill -s SIGTERM web")
        #expect(CommandSpelling.operation(.remove(force: true), "web") == "spyhop rm -f web")
        #expect(CommandSpelling.line(["tag", "it's", "a b", ""]) == "spyhop tag 'it'\\''s' 'a b' ''")
    }

    @Test func commaSeparatedFieldsAreQuotedAndHarmless() {
        #expect(CommaSeparated.text(["NAME", "CPU"], [["web", "3"]]) == "NAME,CPU\r\nweb,3\r\n")
        #expect(CommaSeparated.field("a,\"b\"") == "\"a,\"\"b\"\"\"")
        #expect(CommaSeparated.field("=1+1") == "'=1+1")
        #expect(CommaSeparated.field("-3.5") == "-3.5")
        #expect(!CommaSeparated.field("\u{1B}[31m").contains("\u{1B}"))
    }
}
