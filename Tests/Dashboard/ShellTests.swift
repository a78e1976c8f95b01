import Emulator
import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct ShellTests {
    private let look = Look(theme: .plain, glyphs: .unicode)

    private func errands<Wanted: Errand>(_ effects: [Effect], _ type: Wanted.Type) -> [Wanted] {
        effects.compactMap { if case .errand(let errand) = $0 { errand.errand as? Wanted } else { nil } }
    }

    private func inputs(_ effects: [Effect]) -> [EnterShell.Input] { errands(effects, EnterShell.self).map(\.input) }

    private func copied(_ effects: [Effect]) -> [String] {
        effects.compactMap { if case .copy(let text) = $0 { text } else { nil } }
    }

    private func text(_ state: DashboardState) -> String {
        Frame.draw(state, look: look).canvas.lines.joined(separator: "\n")
    }

    private func press(_ keys: String, _ state: inout DashboardState) -> [Effect] {
        keys.flatMap { state.update(.key(.character($0))) }
    }

    // MARK: Opening

    @Test func theKeyOpensAShellInThePaneBesideTheGraphsOfItsContainer() throws {
        var state = Scenery.state(view: .containers, columns: 140, rows: 40)
        state.list.select(Scenery.id(2))
        let effects = state.update(.key(.character("e")))
        let run = try #require(errands(effects, RunShell.self).first)
        #expect(run.container == Scenery.id(2) && run.subject == .shell)
        #expect(state.view == .shell && state.focus == .shell)
        #expect(state.layout.shows(.graphs))
        let rect = try #require(state.layout.rect(of: .shell))
        #expect(run.size == TerminalSize(columns: rect.width - 2, rows: rect.height - 2))
        #expect(text(state).contains("opening a terminal in saw-tooth"))
    }

    @Test func theSameKeyComesBackToTheShellThatIsOpen() {
        var state = Scenery.shell()
        _ = state.update(.key(.control("]")))
        _ = state.update(.key(.escape))
        #expect(state.view == .containers)
        #expect(errands(state.update(.key(.character("e"))), RunShell.self).isEmpty)
        #expect(state.view == .shell && state.shells.sessions.count == 1)
    }

    @Test func aContainerThatDoesNotRunHasNoShell() {
        var state = Scenery.state(view: .containers)
        state.list.select(Scenery.id(6))
        #expect(errands(state.update(.key(.character("e"))), RunShell.self).isEmpty)
        #expect(state.notice?.text.contains("it is exited") == true)
        #expect(state.view == .containers)
    }

    @Test func readOnlyMeansNoShell() {
        var state = Scenery.state(view: .containers)
        state.isReadOnly = true
        state.list.select(Scenery.id(0))
        #expect(errands(state.update(.key(.character("e"))), RunShell.self).isEmpty)
        #expect(errands(state.update(.key(.character("a"))), RunShell.self).isEmpty)
        #expect(state.notice?.text.contains("read-only") == true)
    }

    @Test func theCapitalGivesTheWholeTerminalAway() {
        var state = Scenery.state(view: .containers)
        state.list.select(Scenery.id(0))
        #expect(state.update(.key(.character("E"))).contains(.shell(Scenery.id(0))))
    }

    @Test func attachingIsASessionTooAndFallsBackWithoutATerminal() throws {
        var state = Scenery.state(view: .containers)
        state.list.select(Scenery.id(0))
        let run = try #require(errands(state.update(.key(.character("a"))), RunShell.self).first)
        #expect(run.subject == .attach)
        let effects = state.update(.answer(.shell, ShellAnswer.ended(run.id, .noTerminal)))
        #expect(effects.contains(.attach(Scenery.id(0))))
        #expect(state.shells.sessions.isEmpty && state.view == .containers)
    }

    // MARK: Keys

    @Test func insideAllKeysAreTheShells() {
        var state = Scenery.shell()
        let keys: [Key] = [
            .character("q"), .character("?"), .control("c"), .escape, .tab, .up, .function(1), .control("l"),
            .alt("b"), .character("+"), .control("z"),
        ]
        for key in keys { #expect(inputs(state.update(.key(key))) == [.key(key)]) }
        #expect(state.view == .shell && state.dialog == nil && !state.isHelpShown)
    }

    @Test func oneKeyLeavesAndLeadsBack() {
        var state = Scenery.shell()
        #expect(text(state).contains("^] or ^P ^Q leaves"))
        #expect(inputs(state.update(.key(.control("]")))).isEmpty)
        #expect(!state.shells.isInside)
        #expect(text(state).contains("Enter or ^] goes in"))
        #expect(inputs(state.update(.key(.character("7")))).isEmpty)
        #expect(state.view == .logs)
        #expect(text(state).contains("shell in web ^]"))
        _ = state.update(.key(.control("]")))
        #expect(state.view == .shell && state.shells.isInside)
        #expect(inputs(state.update(.key(.character("x")))) == [.key(.character("x"))])
    }

    @Test func dockersKeysLeaveToo() {
        var state = Scenery.shell()
        #expect(inputs(state.update(.key(.control("p")))) == [.key(.control("p"))])
        #expect(inputs(state.update(.key(.control("q")))).isEmpty)
        #expect(!state.shells.isInside)
        _ = state.update(.key(.enter))
        #expect(state.shells.isInside)
        #expect(inputs(state.update(.key(.control("q")))) == [.key(.control("q"))])
    }

    @Test func theLeaveKeyCanBeAnother() {
        var state = Scenery.shell()
        let (keys, problems) = KeyMap.applying(["shell-toggle": ["f12"]])
        #expect(problems.isEmpty)
        state.keys = keys
        #expect(text(state).contains("F12 or ^P ^Q leaves"))
        #expect(inputs(state.update(.key(.control("]")))) == [.key(.control("]"))])
        _ = state.update(.key(.function(12)))
        #expect(!state.shells.isInside)
    }

    @Test func theFooterNamesOnlyWhatCounts() {
        var state = Scenery.shell()
        let inside = Frame.draw(state, look: look).canvas.lines.last ?? ""
        #expect(!inside.contains("quit") && !inside.contains("help"))
        _ = state.update(.key(.control("]")))
        let outside = Frame.draw(state, look: look).canvas.lines.last ?? ""
        #expect(outside.contains("quit") && outside.contains("select"))
    }

    // MARK: The picture

    @Test func whatTheShellShowsStandsInThePane() {
        let state = Scenery.shell()
        let shown = text(state)
        #expect(shown.contains("/srv # ls --color"))
        #expect(shown.contains("data  run.sh  日本.txt  e\u{301}te\u{301}"))
        #expect(shown.contains("sh: /srv"))
    }

    @Test func coloursReachTheCanvasAndTheShellsOwnAreTheThemes() throws {
        let state = Scenery.shell()
        let rect = try #require(state.layout.rect(of: .shell))
        let canvas = Frame.draw(state, look: look).canvas
        let prompt = canvas[Point(x: rect.x + 1, y: rect.y + 1)]
        #expect(prompt.style.foreground == ColorDepth.paletteColor(2))
        #expect(prompt.style.attributes.contains(.bold))
        let plain = canvas[Point(x: rect.x + 8, y: rect.y + 1)]
        #expect(plain.text == "l" && plain.style.foreground == look[.text].foreground)
    }

    @Test func theCursorIsShownWhereKeysGo() throws {
        var state = Scenery.shell()
        let rect = try #require(state.layout.rect(of: .shell))
        let place = Point(x: rect.x + 1 + 7, y: rect.y + 1 + 2)
        #expect(Frame.draw(state, look: look).canvas[place].style.attributes == .reverse)
        _ = state.update(.key(.control("]")))
        #expect(Frame.draw(state, look: look).canvas[place].style.attributes == .underline)
        Scenery.show("\u{1B}[?25l", &state)
        #expect(Frame.draw(state, look: look).canvas[Point(x: rect.x + 1, y: rect.y + 1)].style.attributes == [])
    }

    @Test func anotherSizeIsToldOnceAndZoomGivesItAll() throws {
        var state = Scenery.shell()
        let before = try #require(state.shells.told?.size)
        #expect(errands(state.update(.clock(Scenery.now)), ShowShell.self).isEmpty)
        _ = state.update(.key(.control("]")))
        let zoomed = try #require(errands(state.update(.key(.character("+"))), ShowShell.self).first)
        #expect(zoomed.size?.columns == 118 && before.columns < 118)
        let resized = try #require(errands(state.update(.resized(columns: 90, rows: 30)), ShowShell.self).first)
        #expect(resized.size?.columns == 88)
        let away = try #require(errands(state.update(.key(.character("2"))), ShowShell.self).first)
        #expect(away.id == nil)
    }

    @Test func nothingHostileReachesTheFrame() {
        let state = Scenery.shell(
            "\u{1B}]0;evil\u{9B}31m\u{202E}\u{07}\u{1B}]52;c;aGk=\u{07}a\u{9B}b\u{202E}c\u{1B}[>1u")
        let shown = text(state).unicodeScalars
        #expect(
            shown.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) && $0 != "\u{202E}" }
        )
    }

    // MARK: Several

    @Test func severalShellsAreListedAndSwitched() throws {
        var state = Scenery.shell()
        _ = state.update(.key(.control("]")))
        let more = try #require(errands(state.update(.key(.character("c"))), RunShell.self).first)
        #expect(more.container == Scenery.id(0) && state.shells.sessions.count == 2)
        _ = state.update(.answer(.shell, ShellAnswer.opened(more.id)))
        Scenery.show("second", &state)
        #expect(text(state).contains("1 web  2 web"))
        _ = state.update(.key(.control("]")))
        _ = state.update(.key(.character("[")))
        #expect(state.shells.shown == 1)
        #expect(text(state).contains("ls --color"))
        _ = state.update(
            .answer(.shell, ShellAnswer.picture(2, Scenery.picture("news", TerminalSize(columns: 40, rows: 5)))))
        #expect(text(state).contains("2 web*"))
        _ = state.update(.key(.character("s")))
        #expect(text(state).contains("live, something new"))
        _ = state.update(.key(.down))
        _ = state.update(.key(.enter))
        #expect(state.shells.shown == 2)
        let frame = Frame.draw(state, look: look)
        let tab = try #require(frame.hits.first { $0.target == .spot(.shell, .place(1)) })
        let target = frame.target(at: tab.rect.origin)
        _ = state.update(
            .mouse(MouseInput(kind: .press, target: target, event: MouseEvent(.press(.left), at: tab.rect.origin))))
        #expect(state.shells.shown == 1)
    }

    @Test func theEndIsToldWithItsCodeAndEnterBeginsAnew() throws {
        var state = Scenery.shell()
        _ = state.update(.answer(.shell, ShellAnswer.ended(1, .exited(code: 3))))
        #expect(state.notice?.text == "the shell in web has ended with exit code 3")
        #expect(text(state).contains("has ended with exit code 3"))
        #expect(text(state).contains("ls --color"))
        #expect(inputs(state.update(.key(.character("x")))).isEmpty)
        _ = state.update(.key(.escape))
        let again = errands(state.update(.key(.enter)), RunShell.self)
        #expect(again.map(\.container) == [Scenery.id(0)])
        #expect(state.shells.sessions.map(\.id) == [2])
    }

    @Test func whyThereIsNoShellIsTold() {
        var state = Scenery.shell()
        _ = state.update(.answer(.shell, ShellAnswer.ended(1, .failed("it has none of sh, bash"))))
        #expect(state.notice?.kind == .failure)
        #expect(text(state).contains("it has none of sh, bash"))
    }

    @Test func closingALiveShellAsksFirst() {
        var state = Scenery.shell()
        _ = state.update(.key(.control("]")))
        _ = state.update(.key(.character("d")))
        #expect(state.dialog?.title == "Close the shell in web?")
        _ = state.update(.key(.enter))
        #expect(state.shells.sessions.count == 1)
        _ = state.update(.key(.character("d")))
        let effects = state.update(.key(.character("y")))
        #expect(effects.contains(.endErrand(.shell, slot: RunShell.slot(1))))
        #expect(state.shells.sessions.isEmpty && state.view == .containers)
    }

    @Test func quittingWithAShellAsksFirst() {
        var state = Scenery.shell()
        _ = state.update(.key(.control("]")))
        #expect(!state.update(.key(.character("q"))).contains(.quit))
        #expect(state.dialog?.text.joined().contains("shell in web") == true)
        _ = state.update(.key(.escape))
        _ = state.update(.answer(.shell, ShellAnswer.ended(1, .exited(code: 0))))
        #expect(state.update(.key(.character("q"))).contains(.quit))
    }

    @Test func noMoreThanSixteen() {
        var state = Scenery.shell()
        _ = state.update(.key(.control("]")))
        for _ in 0..<20 {
            _ = state.update(.key(.character("c")))
            _ = state.update(.key(.control("]")))
        }
        #expect(state.shells.sessions.count == ShellState.limit)
        #expect(state.notice?.text.contains("close one") == true)
    }

    @Test func theGraphsFollowTheShellThatIsShown() {
        var state = Scenery.shell()
        _ = state.update(.key(.control("]")))
        _ = state.update(.key(.escape))
        state.list.select(Scenery.id(3))
        _ = state.update(.key(.control("]")))
        #expect(state.selected?.id == Scenery.id(0))
    }

    @Test func pastedTextGoesInAsOne() {
        var state = Scenery.shell()
        #expect(inputs(state.update(.paste("a\nb"))) == [.paste("a\nb")])
        _ = state.update(.key(.control("]")))
        #expect(inputs(state.update(.paste("q"))).isEmpty)
        #expect(state.dialog == nil)
    }
}
