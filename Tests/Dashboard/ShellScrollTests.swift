import Emulator
import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct ShellScrollTests {
    private let look = Look(theme: .plain, glyphs: .unicode)
    private static let lines = (1...100).map { "line \($0)" }.joined(separator: "\r\n")

    private func inner(_ state: DashboardState) throws -> Rect {
        try #require(state.layout.rect(of: .shell)).inset()
    }

    private func rows(_ state: DashboardState) throws -> [String] {
        let rect = try inner(state)
        let canvas = Frame.draw(state, look: look).canvas
        return (rect.y..<rect.bottom).map { y in
            let text = (rect.x..<rect.right).map { canvas[Point(x: $0, y: y)].text }.joined()
            return String(text.reversed().drop { $0 == " " }.reversed())
        }
    }

    private func inputs(_ effects: [Effect]) -> [EnterShell.Input] {
        effects.compactMap {
            if case .errand(let errand) = $0 { (errand.errand as? EnterShell)?.input } else { nil }
        }
    }

    private func copied(_ effects: [Effect]) -> [String] {
        effects.compactMap { if case .copy(let text) = $0 { text } else { nil } }
    }

    @discardableResult
    private func mouse(
        _ kind: MouseEvent.Kind, _ x: Int, _ y: Int, _ state: inout DashboardState, isDouble: Bool = false
    )
        throws -> [Effect]
    {
        let rect = try inner(state)
        let event = MouseEvent(kind, at: Point(x: rect.x + x, y: rect.y + y))
        let target = Frame.draw(state, look: look).target(at: event.position)
        let input: MouseInput.Kind =
            switch kind {
            case .wheelUp: .wheel(-3)
            case .wheelDown: .wheel(3)
            case .press(.left): isDouble ? .doublePress : .press
            default: .other
            }
        return state.update(.mouse(MouseInput(kind: input, target: target, event: event)))
    }

    @Test func shiftWithPageUpLooksBackAndTypingReturns() throws {
        var state = Scenery.shell(Self.lines)
        let height = try inner(state).height
        #expect(try rows(state).last == "line 100")
        #expect(inputs(state.update(.key(.shiftPageUp))).isEmpty)
        #expect(try rows(state).last == "line \(100 - height + 1)")
        #expect(Frame.draw(state, look: look).canvas.lines.joined().contains("\(height - 1) lines back"))
        _ = state.update(.key(.shiftPageDown))
        #expect(try rows(state).last == "line 100")
        _ = state.update(.key(.shiftPageUp))
        #expect(inputs(state.update(.key(.character("x")))) == [.key(.character("x"))])
        #expect(try rows(state).last == "line 100")
    }

    @Test func newLinesDoNotMoveWhatIsRead() throws {
        var state = Scenery.shell(Self.lines)
        _ = state.update(.key(.shiftPageUp))
        let before = try rows(state)
        Scenery.show(Self.lines + (101...150).map { "\r\nline \($0)" }.joined(), &state)
        #expect(try rows(state) == before)
    }

    @Test func theWheelScrollsTheShellUnderIt() throws {
        var state = Scenery.shell(Self.lines)
        try mouse(.wheelUp, 3, 3, &state)
        #expect(try rows(state).last == "line 97")
        try mouse(.wheelDown, 3, 3, &state)
        #expect(try rows(state).last == "line 100")
    }

    @Test func outsideTheUsualKeysScroll() throws {
        var state = Scenery.shell(Self.lines)
        _ = state.update(.key(.control("]")))
        _ = state.update(.key(.character("g")))
        #expect(try rows(state).first == "line 1")
        _ = state.update(.key(.character("j")))
        #expect(try rows(state).first == "line 2")
        _ = state.update(.key(.escape))
        #expect(try rows(state).last == "line 100")
        #expect(state.view == .shell)
    }

    @Test func theWheelIsArrowsForAPagerAndItselfForWhoAsks() throws {
        var state = Scenery.shell("\u{1B}[?1049hpager")
        #expect(inputs(try mouse(.wheelUp, 3, 3, &state)) == [.arrows(-3)])
        Scenery.show("\u{1B}[?1049h\u{1B}[?1000h\u{1B}[?1006hmc", &state)
        #expect(inputs(try mouse(.wheelUp, 3, 2, &state)) == [.mouse(MouseEvent(.wheelUp, at: Point(x: 3, y: 2)))])
        #expect(
            inputs(try mouse(.press(.left), 5, 1, &state)) == [.mouse(MouseEvent(.press(.left), at: Point(x: 5, y: 1)))]
        )
        #expect(
            inputs(try mouse(.release(.left), 5, 1, &state))
                == [.mouse(MouseEvent(.release(.left), at: Point(x: 5, y: 1)))])
    }

    @Test func draggingSelectsAndCopies() throws {
        var state = Scenery.shell("alpha beta\r\ngamma delta\r\n")
        try mouse(.press(.left), 6, 0, &state)
        try mouse(.drag, 8, 0, &state)
        try mouse(.drag, 4, 1, &state)
        #expect(copied(try mouse(.release(.left), 4, 1, &state)) == ["beta\ngamma"])
        #expect(state.notice?.text == "copied 2 lines to the clipboard")
        let rect = try inner(state)
        let canvas = Frame.draw(state, look: look).canvas
        let isMarked = { (x: Int, y: Int) in
            canvas[Point(x: rect.x + x, y: rect.y + y)].style != canvas[Point(x: rect.x, y: rect.y)].style
        }
        #expect(isMarked(6, 0) && isMarked(9, 0) && isMarked(4, 1) && !isMarked(5, 1) && !isMarked(3, 0))
        _ = state.update(.key(.character("x")))
        #expect(state.shells.current?.selection == nil)
    }

    @Test func aSelectionStaysWithinThePane() throws {
        var state = Scenery.shell("alpha beta\r\ngamma delta\r\n")
        try mouse(.press(.left), 6, 0, &state)
        try mouse(.drag, 500, 1, &state)
        #expect(copied(try mouse(.release(.left), 500, 1, &state)) == ["beta\ngamma delta"])
        try mouse(.press(.left), 2, 0, &state)
        #expect(copied(try mouse(.release(.left), 2, 0, &state)).isEmpty)
    }

    @Test func aDoubleClickTakesAWord() throws {
        var state = Scenery.shell("see /srv/data now")
        #expect(copied(try mouse(.press(.left), 6, 0, &state, isDouble: true)) == ["srv"])
    }

    // MARK: Walking and selecting with keys

    private func walking(_ text: String, _ keys: [Key]) -> (DashboardState, [String]) {
        var state = Scenery.shell(text)
        _ = state.update(.key(.control("]")))
        var texts: [String] = []
        for key in [.character("v")] + keys { texts += copied(state.update(.key(key))) }
        return (state, texts)
    }

    @Test func linesAndWordsAreTakenWithTheKeysOfVi() {
        let text = "alpha beta\r\ngamma delta"
        let keys = { (text: String) in text.map { Key.character($0) } }
        #expect(walking(text, keys("0vey")).1 == ["gamma"])
        #expect(walking(text, keys("kVy")).1 == ["alpha beta\n"])
        #expect(walking(text, keys("gwv$y")).1 == ["beta"])
        #expect(walking(text, keys("gjbvy")).1 == ["b"])
        #expect(walking(text, keys("kY")).1 == ["alpha beta\n"])
        #expect(walking(text, keys("g") + [.control("v")] + keys("jlly")).1 == ["alp\ngam"])
        #expect(walking(text, keys("g0vjoly")).1 == ["lpha beta\ng"])
        #expect(walking(text, keys("vq")).0.shells.current?.copy == nil)
    }

    @Test func walkingLeadsThroughWhatHasScrolledAway() throws {
        var (state, _) = walking(Self.lines, [.character("g")])
        #expect(try rows(state).first == "line 1")
        #expect(Frame.draw(state, look: look).canvas.lines.joined().contains("v selects, y copies, q leaves"))
        _ = state.update(.key(.character("V")))
        _ = state.update(.key(.character("j")))
        #expect(copied(state.update(.key(.character("y")))) == ["line 1\nline 2\n"])
        #expect(try rows(state).last == "line 100")
    }

    @Test func theHistoryIsSearched() throws {
        var state = Scenery.shell(Self.lines)
        _ = state.update(.key(.control("]")))
        _ = state.update(.key(.character("/")))
        for key in "LINE 4" { _ = state.update(.key(.character(key))) }
        _ = state.update(.key(.enter))
        #expect(state.notice?.text == "LINE 4 is not there")
        _ = state.update(.key(.character("/")))
        for key in "line 4" { _ = state.update(.key(.character(key))) }
        _ = state.update(.key(.enter))
        #expect(state.shells.current?.copy?.cursor.line == 48)
        _ = state.update(.key(.character("n")))
        #expect(state.shells.current?.copy?.cursor.line == 47)
        _ = state.update(.key(.character("N")))
        #expect(state.shells.current?.copy?.cursor.line == 48)
        #expect(try rows(state).contains("line 49"))
    }
}
