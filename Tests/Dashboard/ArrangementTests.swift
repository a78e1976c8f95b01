import Terminal
import Testing

@testable import Dashboard

@Suite struct ArrangementTests {
    private let panes: Set<String> = ["containers", "graphs", "logs", "details"]
    private let screen = Rect(x: 0, y: 2, width: 120, height: 36)

    private func read(_ text: String) throws -> Arrangement { try Arrangement(text: text, panes: panes) }

    @Test(arguments: [
        "containers", "rows(containers, logs)", "rows(containers 40, columns(graphs 48, logs 52) 60)",
        "columns(logs@web, logs@db, graphs@web-1.a_b)",
    ])
    func textIsReadAndWritten(text: String) throws {
        #expect(try read(text).text == text)
    }

    @Test(arguments: [
        ("", "the name of a pane where nothing stands"), ("nothing", "there is no pane 'nothing'"),
        ("rows(containers)", "two parts or more"), ("rows(logs, logs)", "'logs' stands twice"),
        ("rows(logs 0, graphs)", "a share from 1"), ("rows(logs, graphs", "',' or ')'"),
        ("rows(logs, graphs) x", "nothing more where 'x' stands"), ("piles(logs, graphs)", "'rows' or 'columns'"),
        ("logs@", "the name of a pane"), ("rows(logs, graphs\u{1B})", "',' or ')'"),
    ])
    func whatIsNoLayoutIsTold(text: String, words: String) {
        do {
            _ = try read(text)
            Issue.record("'\(text)' was read")
        } catch {
            #expect("\(error)".contains(words), "\(error)")
        }
    }

    @Test func aBombOfBracketsIsRefused() {
        let text = String(repeating: "rows(", count: 5000)
        #expect(throws: Arrangement.Problem.self) { try read(text) }
        let many = (0..<20).map { "logs@c\($0)" }.joined(separator: ", ")
        #expect(throws: Arrangement.Problem.self) { try read("rows(\(many))") }
    }

    @Test func partsFillTheScreenAndTouchNowhere() throws {
        let tree = try read("rows(containers 40, columns(graphs 48, logs 52) 60)")
        let placing = tree.placed(in: screen, focus: PaneSlot("logs"))
        #expect(placing.places.map(\.slot.text) == ["containers", "graphs", "logs"])
        #expect(placing.places.reduce(0) { $0 + $1.rect.width * $1.rect.height } == 120 * 36)
        #expect(placing.places[0].rect == Rect(x: 0, y: 2, width: 120, height: 14))
        #expect(placing.borders.count == 2)
    }

    @Test func whatHasNoRoomShowsTheFocusedPane() throws {
        let tree = try read("columns(containers, rows(graphs, logs))")
        let narrow = tree.placed(in: Rect(x: 0, y: 0, width: 40, height: 20), focus: PaneSlot("logs"))
        #expect(narrow.places.map(\.slot.text) == ["graphs", "logs"])
        let tiny = tree.placed(in: Rect(x: 0, y: 0, width: 40, height: 7), focus: PaneSlot("logs"))
        #expect(tiny.places.map(\.slot.text) == ["logs"])
        #expect(tiny.borders.isEmpty)
        #expect(tree.placed(in: .zero, focus: PaneSlot("logs")).places.isEmpty)
    }

    @Test func panesAreSplitAndClosed() throws {
        let one = try read("containers")
        let two = try #require(one.splitting(PaneSlot("containers"), .columns, with: PaneSlot("logs")))
        #expect(two.text == "columns(containers, logs)")
        let three = try #require(two.splitting(PaneSlot("logs"), .rows, with: PaneSlot("graphs", pin: "web")))
        #expect(three.text == "columns(containers, rows(logs, graphs@web))")
        // A pane stands once; a row is joined, not nested.
        #expect(three.splitting(PaneSlot("logs"), .rows, with: PaneSlot("containers")) == nil)
        let four = try #require(three.splitting(PaneSlot("containers"), .columns, with: PaneSlot("details")))
        #expect(four.text == "columns(containers 50, details 50, rows(logs, graphs@web) 100)")
        #expect(
            try #require(four.closing(PaneSlot("logs"))).text == "columns(containers 50, details 50, graphs@web 100)")
        #expect(one.closing(PaneSlot("containers")) == nil)
        #expect(two.closing(PaneSlot("graphs")) == nil)
    }

    @Test func rowsWithinRowsAreJoinedWhenAPaneCloses() throws {
        let tree = try read("rows(containers, columns(rows(graphs, logs), details))")
        #expect(try #require(tree.closing(PaneSlot("details"))).text == "rows(containers 100, graphs 50, logs 50)")
    }

    @Test func growingTakesFromTheNeighbours() throws {
        let tree = try read("rows(containers, columns(graphs, logs))")
        let wider = try #require(tree.growing(PaneSlot("logs"), .columns, percent: 10))
        #expect(wider.text == "rows(containers, columns(graphs 4000, logs 6000))")
        let higher = try #require(tree.growing(PaneSlot("logs"), .rows, percent: 10))
        #expect(higher.text == "rows(containers 4000, columns(graphs, logs) 6000)")
        #expect(tree.growing(PaneSlot("containers"), .columns, percent: 10) == nil)
        var squeezed = tree
        for _ in 0..<50 { squeezed = squeezed.growing(PaneSlot("logs"), .columns, percent: 5) ?? squeezed }
        let places = squeezed.placed(in: screen, focus: PaneSlot("logs")).places
        #expect(places.allSatisfy { $0.rect.width >= Arrangement.smallestPane.width })
    }

    @Test func panesChangePlaces() throws {
        let tree = try read("rows(containers 30, columns(graphs, logs) 70)")
        let swapped = try #require(tree.swapping(PaneSlot("containers"), PaneSlot("logs")))
        #expect(swapped.text == "rows(logs 30, columns(graphs, containers) 70)")
        #expect(tree.swapping(PaneSlot("logs"), PaneSlot("logs")) == nil)
        #expect(tree.replacing(PaneSlot("logs"), with: PaneSlot("details"))?.contains(PaneSlot("details")) == true)
        #expect(tree.replacing(PaneSlot("logs"), with: PaneSlot("graphs")) == nil)
    }

    @Test func bordersAreDragged() throws {
        let tree = try read("rows(containers, columns(graphs, logs))")
        let placing = tree.placed(in: screen, focus: PaneSlot("logs"))
        let upright = try #require(placing.borders.first { $0.axis == .columns })
        let moved = try #require(tree.moving(upright, to: 80))
        let places = moved.placed(in: screen, focus: PaneSlot("logs")).places
        #expect(places.first { $0.slot.pane == "graphs" }?.rect.width == 80)
        #expect(places.first { $0.slot.pane == "logs" }?.rect.width == 40)
        // Beyond the ends nothing is pushed out of sight.
        let end = try #require(tree.moving(upright, to: 5000)).placed(in: screen, focus: PaneSlot("logs")).places
        #expect(end.first { $0.slot.pane == "logs" }?.rect.width == Arrangement.smallestPane.width)
        let level = try #require(placing.borders.first { $0.axis == .rows })
        let higher = try #require(tree.moving(level, to: 10)).placed(in: screen, focus: PaneSlot("logs")).places
        #expect(higher.first?.rect.height == 8)
    }

    @Test func anyEditKeepsTheTreeWhole() throws {
        var tree = try read("containers")
        var seed: UInt64 = 7
        func random(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        for step in 0..<2000 {
            let slots = tree.slots
            let slot = slots[random(slots.count)]
            let axis: Arrangement.Axis = random(2) == 0 ? .rows : .columns
            switch random(5) {
            case 0: tree = tree.splitting(slot, axis, with: PaneSlot("logs", pin: "c\(step)")) ?? tree
            case 1: tree = tree.closing(slot) ?? tree
            case 2: tree = tree.growing(slot, axis, percent: random(41) - 20) ?? tree
            case 3: tree = tree.swapping(slot, slots[random(slots.count)]) ?? tree
            default:
                let borders = tree.placed(in: screen, focus: slot).borders
                if !borders.isEmpty { tree = tree.moving(borders[random(borders.count)], to: random(140)) ?? tree }
            }
            #expect(Set(tree.slots).count == tree.slots.count)
            #expect(tree.slots.count <= Arrangement.paneLimit && tree.depth <= Arrangement.depthLimit)
            #expect(try read(tree.text).text == tree.text)
            let placing = tree.placed(in: screen, focus: slot)
            #expect(placing.places.contains { $0.slot == slot } || tree.slots.count == 0 || !tree.contains(slot))
        }
    }
}
