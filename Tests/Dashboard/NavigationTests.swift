import Engine
import Terminal
import Testing

@testable import Dashboard

/// Palette, menu, places, tabs, panes: what brings a person about, key by key.
@Suite struct NavigationTests {
    private let look = Look(theme: .plain, glyphs: .ascii)

    private func state(_ view: ViewName = .overview, columns: Int = 120, rows: Int = 40) -> DashboardState {
        var state = Scenery.state(view: view, columns: columns, rows: rows)
        state.themes = ["abyss", "coral"]
        state.canDump = true
        state.list.select(Scenery.id(0))
        Scenery.settle(&state, state.settle())
        return state
    }

    @discardableResult
    private func type(_ text: String, _ state: inout DashboardState) -> [Effect] {
        text.flatMap { state.update(.key($0 == "\n" ? .enter : .character($0))) }
    }

    private func text(_ state: DashboardState) -> String {
        Frame.draw(state, look: look).canvas.lines.joined(separator: "\n")
    }

    // MARK: Palette

    @Test func aTypedViewOpens() {
        var state = state()
        type(":images\n", &state)
        #expect(state.view == .images && state.palette == nil)
        type(":img\n", &state)
        #expect(state.view == .images)
        #expect(state.paletteHistory.lines == ["images", "img"])
        #expect(state.memory["palette.history"] == "images\nimg")
    }

    @Test func aFewLettersFindAnActionWithItsKey() {
        var state = state()
        type(":sortmem", &state)
        #expect(state.palette?.chosen?.line == "sort-memory")
        #expect(state.palette?.chosen?.key == "M")
        #expect(text(state).contains("sort by memory"))
        type("\n", &state)
        #expect(state.list.table.sortOrder.column == "memory")
    }

    @Test func wordsWithNamesAreCarriedOut() {
        var state = state()
        type(":logs chatter\n", &state)
        #expect(state.view == .logs && state.selected?.name == "chatter")
        type(":filter !web\n", &state)
        type(":container frozen\n", &state)
        #expect(state.view == .containers && state.selected?.name == "frozen")
        #expect(type(":theme coral\n", &state).contains(.theme("coral")))
        #expect(type(":q\n", &state).contains(.quit))
        let effects = type(":restart wave\n", &state)
        #expect(effects.contains(.perform(.restart, [Effect.Target(id: Scenery.id(1), name: "wave")])))
    }

    @Test func aFilterIsTypedInOneGo() {
        var state = state(.containers)
        type(":filter wave\n", &state)
        #expect(state.list.rows.map(\.name) == ["wave"])
        #expect(state.prompt == nil)
    }

    @Test func whatMeansNothingStaysInTheLineWithWords() {
        var state = state()
        type(":theme red\n", &state)
        #expect(state.palette?.problem?.contains("there is no theme named 'red'") == true)
        #expect(text(state).contains("there is no theme named 'red'"))
        _ = state.update(.key(.escape))
        #expect(state.palette?.line.text == "")
        _ = state.update(.key(.escape))
        #expect(state.palette == nil)
    }

    @Test func upLooksBackAndTabCompletes() {
        var state = state()
        type(":images\n:volumes\n:", &state)
        _ = state.update(.key(.up))
        #expect(state.palette?.line.text == "volumes")
        _ = state.update(.key(.up))
        #expect(state.palette?.line.text == "images")
        _ = state.update(.key(.down))
        #expect(state.palette?.line.text == "volumes")
        _ = state.update(.key(.control("u")))
        type("them", &state)
        _ = state.update(.key(.tab))
        #expect(state.palette?.line.text == "theme ")
        #expect(state.palette?.rows.map(\.entry.title) == ["abyss", "coral"])
    }

    @Test func theChosenRowWinsOverTheTypedLine() {
        var state = state()
        type(":", &state)
        _ = state.update(.key(.down))
        let chosen = state.palette?.chosen
        _ = state.update(.key(.enter))
        #expect(chosen != nil && state.palette == nil)
    }

    @Test func hostileNamesDoNotBreakThePalette() {
        var state = state()
        let name = "\u{1b}]0;x\u{07}quit"
        _ = state.update(.containers(.success(Scenery.containers + [Scenery.container(99, name)])))
        type(":", &state)
        #expect(!text(state).contains("\u{1b}"))
        type("quit", &state)
        #expect(state.palette?.chosen?.line == "quit")
        _ = state.update(.key(.control("u")))
        type(String(repeating: "z", count: 3000), &state)
        #expect((state.palette?.line.text.count ?? 0) <= PaletteState.lineLimit)
        #expect(text(state).contains("nothing fits"))
    }

    // MARK: Menu

    @Test func theMenuSaysWhatCannotBeDoneAndWhy() throws {
        var state = state()
        state.list.select(Scenery.id(6))
        type("x", &state)
        let menu = try #require(state.palette)
        #expect(menu.isMenu && menu.entries.first?.group == "backup")
        let shell = try #require(menu.entries.first { $0.line == "shell" })
        #expect(shell.obstacle == "it is exited")
        #expect(text(state).contains("it is exited"))
        type("attach\n", &state)
        #expect(state.palette?.problem == "it is exited")
        _ = state.update(.key(.escape))
        _ = state.update(.key(.escape))
        type("xrestart\n", &state)
        #expect(state.list.busy[Scenery.id(6)] == .restart)
    }

    @Test func theRightButtonChoosesTheRowAndOpensItsMenu() {
        var state = state(.containers)
        let target = HitTarget.spot(.containers, .row(Scenery.id(3).rawValue))
        _ = state.update(.mouse(MouseInput(kind: .menu, target: target, point: Point(x: 30, y: 9))))
        #expect(state.selected?.name == "chatter")
        #expect(state.palette?.entries.first?.group == "chatter")
        let frame = Frame.draw(state, look: look)
        #expect(frame.target(at: Point(x: 31, y: 12)).map { if case .paletteRow = $0 { true } else { false } } == true)
        _ = state.update(.mouse(MouseInput(kind: .press, target: nil)))
        #expect(state.palette == nil)
    }

    // MARK: Places

    @Test func backAndForwardRememberViewFilterAndSelection() {
        var state = state()
        type("2/we\n", &state)
        #expect(state.list.rows.count == 1)
        type("3", &state)
        _ = state.update(.key(.altLeft))
        #expect(state.view == .containers && state.list.table.filter.text == "we")
        _ = state.update(.key(.altLeft))
        #expect(state.view == .containers && state.list.table.filter.isEmpty)
        _ = state.update(.key(.altLeft))
        #expect(state.view == .overview)
        _ = state.update(.key(.altRight))
        _ = state.update(.key(.altRight))
        _ = state.update(.key(.altRight))
        #expect(state.view == .images)
        type("-", &state)
        #expect(state.view == .containers && state.list.table.filter.text == "we")
        type("-", &state)
        #expect(state.view == .images)
    }

    @Test func theFirstPlaceHasNothingBehindIt() {
        var state = state()
        _ = state.update(.key(.altLeft))
        #expect(state.notice?.text == "this is where you began")
        #expect(state.obstacle(.placeBack) != nil)
    }

    // MARK: Tabs

    @Test func tabsKeepFilterSelectionAndOrder() {
        var state = state(.containers)
        type("/e\n", &state)
        _ = state.update(.key(.control("t")))
        _ = state.update(.key(.escape))
        type("/wave\nM", &state)
        #expect(state.list.rows.map(\.name) == ["wave"])
        #expect(text(state).contains("Containers wave"))
        type("{", &state)
        #expect(state.list.table.filter.text == "e" && state.list.table.sortOrder.column == "state")
        type("}", &state)
        #expect(state.list.table.filter.text == "wave" && state.list.table.sortOrder.column == "memory")
        _ = state.update(.key(.alt("r")))
        type("mine\n", &state)
        #expect(text(state).contains(" mine"))
        _ = state.update(.key(.alt("w")))
        #expect(state.pages.all.count == 1 && state.list.table.filter.text == "e")
        #expect(state.memory["tabs"] == nil)
    }

    @Test func tabsComeBackTheNextTime() {
        var state = state(.containers)
        _ = state.update(.key(.control("t")))
        type("/chatter\n", &state)
        type("}", &state)
        var again = DashboardState(host: Scenery.statistics().hostFacts, engineName: "spyhop", now: Scenery.now)
        again.memory = DashboardMemory(state.memory.texts)
        again.restorePages()
        _ = again.update(.resized(columns: 120, rows: 40))
        _ = again.update(.containers(.success(Scenery.containers)))
        #expect(again.pages.all.count == 2 && again.view == .containers)
        _ = again.update(.key(.character("}")))
        #expect(again.list.rows.map(\.name) == ["chatter"])
        #expect(Page(text: "nonsense") == nil)
        #expect(Page(text: "\toverview\tcontainers\tweb\t\tx") == nil)
    }

    // MARK: Panes

    @Test func panesAreSplitResizedAndSavedByName() {
        var state = state(.containers)
        _ = state.update(.key(.control("w")))
        #expect(text(state).contains("beside"))
        type("v", &state)
        #expect(state.dialog?.items.contains { $0.label == "Logs" } == true)
        while state.dialog.map({ $0.items[$0.selected].label }) != "Logs" { _ = state.update(.key(.down)) }
        _ = state.update(.key(.enter))
        #expect(state.layout.places.map(\.pane) == [.containers, .logs])
        #expect(state.focus == .logs)
        let before = state.layout.rect(of: .logs)?.width ?? 0
        type(">>", &state)
        #expect((state.layout.rect(of: .logs)?.width ?? 0) > before)
        type("r", &state)
        #expect(state.layout.places.map(\.pane) == [.logs, .containers])
        type("w", &state)
        type("work\n", &state)
        #expect(state.view == .layout("work"))
        #expect(state.memory["layouts.work"]?.hasPrefix("columns(") == true)
        #expect(text(state).contains("work"))
        type("1:layout work\n", &state)
        #expect(state.layout.places.map(\.pane) == [.logs, .containers])
        type(":remove-layout work\n", &state)
        #expect(state.view == .overview && state.memory["layouts.work"] == nil)
    }

    @Test func aViewIsRearrangedAndPutBack() {
        var state = state()
        _ = state.update(.key(.control("w")))
        type("c", &state)
        #expect(state.layout.places.map(\.pane) == [.graphs, .logs])
        type("0", &state)
        #expect(state.layout.places.count == 3)
        _ = state.update(.key(.escape))
        #expect(!state.arranging.isOn)
    }

    @Test func pinnedPanesStayWithTheirContainers() throws {
        var state = state(.containers, columns: 160, rows: 50)
        _ = state.update(.key(.control("w")))
        type("p", &state)
        while state.dialog.map({ $0.items[$0.selected].label }) != "Logs of web" { _ = state.update(.key(.down)) }
        var effects = state.update(.key(.enter))
        let pinned = Pane("logs@web")
        #expect(state.focus == pinned)
        let request = try #require(
            effects.compactMap { effect -> LogRequest? in
                if case .errand(let errand) = effect, errand.pane == pinned {
                    errand.errand as? LogRequest
                } else {
                    nil
                }
            }.first)
        #expect(request.query.sources.map(\.id) == [Scenery.id(0)])
        // Another row is chosen, and a second log is pinned to it.
        _ = state.update(.key(.left))
        state.focus = .containers
        state.list.select(Scenery.id(3))
        type("p", &state)
        while state.dialog.map({ $0.items[$0.selected].label }) != "Logs of chatter" { _ = state.update(.key(.down)) }
        effects = state.update(.key(.enter))
        #expect(
            effects.contains { if case .errand(let errand) = $0 { errand.pane == Pane("logs@chatter") } else { false } }
        )
        let line = LogLine(time: Scenery.now, stream: .stdout, bytes: Array("from the web".utf8))
        let answer = LogAnswer(
            generation: request.generation, part: request.part,
            content: .newest([LogWindow.Line(line, source: 0)], isWhole: true))
        _ = state.update(.answer(pinned, answer))
        let shown = text(state)
        #expect(shown.contains("from the web"))
        #expect(state.selected?.name == "chatter")
        #expect(state.layout.places.map(\.pane.name).sorted() == ["containers", "logs@chatter", "logs@web"])
    }

    @Test func pinnedGraphsWatchBothContainers() throws {
        var state = state(.graphs, columns: 160, rows: 50)
        _ = state.update(.key(.control("w")))
        type("p", &state)
        while state.dialog.map({ $0.items[$0.selected].label }) != "Graphs of web" { _ = state.update(.key(.down)) }
        _ = state.update(.key(.enter))
        state.focus = .graphs
        state.list.select(Scenery.id(1))
        let effects = state.update(.key(.escape))
        let watched = effects.compactMap { if case .watch(let queries) = $0 { queries } else { nil } }.last
        let subjects = Set((watched ?? []).map(\.subject))
        #expect(subjects.contains(.container(Scenery.id(0))) && subjects.contains(.container(Scenery.id(1))))
    }

    @Test func bordersAreDraggedWithTheMouse() throws {
        var state = state()
        let frame = Frame.draw(state, look: look)
        let border = try #require(
            frame.hits.compactMap { hit -> Arrangement.Border? in
                if case .border(let border) = hit.target, border.axis == .columns { border } else { nil }
            }.first)
        let before = state.layout.rect(of: .graphs)?.width ?? 0
        let start = border.rect.origin
        _ = state.update(.mouse(MouseInput(kind: .press, target: .border(border), point: start)))
        _ = state.update(.mouse(MouseInput(kind: .drag, target: nil, point: Point(x: start.x + 12, y: start.y))))
        _ = state.update(.mouse(MouseInput(kind: .release, target: nil, point: Point(x: start.x + 12, y: start.y))))
        #expect(abs((state.layout.rect(of: .graphs)?.width ?? 0) - before - 12) <= 1)
    }

    // MARK: Mouse

    @Test func textIsSelectedWithinAPaneAndCopied() throws {
        var state = state()
        let rect = try #require(state.layout.rect(of: .logs)).inset()
        let start = Point(x: rect.x + 2, y: rect.y + 3)
        _ = state.update(.mouse(MouseInput(kind: .press, target: .pane(.logs), point: start)))
        _ = state.update(.mouse(MouseInput(kind: .drag, target: nil, point: Point(x: 0, y: rect.y + 4))))
        let effects = state.update(.mouse(MouseInput(kind: .release, target: nil, point: Point(x: 0, y: 0))))
        let selection = try #require(
            effects.compactMap { if case .copySelection(let selection) = $0 { selection } else { nil } }.first)
        #expect(selection.rows.allSatisfy { rect.intersection($0) == $0 })
        #expect(selection.text(on: Frame.draw(state, look: look).canvas).contains("/item"))
        // A mere click copies nothing.
        _ = state.update(.mouse(MouseInput(kind: .press, target: .pane(.logs), point: start)))
        #expect(state.update(.mouse(MouseInput(kind: .release, target: nil, point: start))).isEmpty)
    }

    @Test func whatLiesUnderThePointerIsShown() {
        var state = state()
        let plain = Frame.draw(state, look: look).canvas
        _ = state.update(.mouse(MouseInput(kind: .hover, target: .tab(.images))))
        let frame = Frame.draw(state, look: look)
        #expect(frame.canvas != plain)
        #expect(frame.canvas.lines == plain.lines)
    }

    // MARK: Copying, saving, read-only

    @Test func namesAndIdentifiersAreCopied() {
        var state = state()
        type("c", &state)
        #expect(state.dialog?.items.map(\.label).prefix(2) == ["name", "identifier"])
        #expect(state.update(.key(.enter)).contains(.copy("web")))
        _ = state.update(.key(.control("y")))
        _ = state.update(.key(.down))
        #expect(state.update(.key(.enter)).contains(.copy(Scenery.id(0).rawValue)))
    }

    @Test func theTableIsSavedAsCommaSeparatedValues() throws {
        var state = state(.containers)
        let effects = type(":dump csv\n", &state)
        let table = try #require(
            effects.compactMap { if case .dump(.csv, let table) = $0 { table } else { nil } }.first)
        #expect(table.split(separator: "\r\n").count == 9)
        #expect(table.hasPrefix("ID,NAME,IMAGE"))
        type(":graphs\n", &state)
        type(":dump csv\n", &state)
        #expect(state.notice?.text.contains("have no table") == true)
        _ = state.update(.dumped(.success("/home/me/spyhop.svg")))
        #expect(state.notice?.text == "saved /home/me/spyhop.svg")
    }

    @Test func readOnlyRefusesEveryChangeInWords() {
        var state = state(.containers)
        type(":read-only\n", &state)
        #expect(text(state).contains("read-only"))
        for key in "srpdea" {
            let effects = state.update(.key(.character(key)))
            #expect(effects.allSatisfy { $0.deed == nil }, "\(key)")
            #expect(state.dialog == nil && state.notice?.text.hasPrefix("read-only") == true, "\(key)")
        }
        // A dialog that was open before is no way round.
        type(":read-only\n", &state)
        type("d", &state)
        #expect(state.dialog != nil)
        state.isReadOnly = true
        _ = state.update(.key(.right))
        #expect(state.update(.key(.enter)).allSatisfy { $0.deed == nil })
        #expect(state.list.busy.isEmpty)
        state.mayLeaveReadOnly = false
        type(":read-only\n", &state)
        #expect(state.isReadOnly)
    }

    // MARK: Activity

    @Test func whatIsDoneIsNotedWithItsCommandLine() {
        var state = state()
        type("r", &state)
        let outcome = Message.Outcome(id: Scenery.id(0), name: "web", error: EngineError(.conflict, "it is frozen"))
        _ = state.update(.performed(.restart, [outcome]))
        #expect(state.activity.entries.map(\.command) == ["spyhop restart web"])
        #expect(state.activity.entries.first?.outcomeText == "it is frozen")
        type("H", &state)
        #expect(text(state).contains("spyhop restart web"))
        type("c", &state)
        #expect(state.update(.key(.enter)).contains(.copy("spyhop restart web")))
    }

    @Test func whatTakesLongIsToldAndCanBeCancelled() {
        var state = state()
        type("r", &state)
        state.notice = nil
        state.now = state.now.advanced(by: .seconds(9))
        #expect(text(state).contains("restart web for"))
        type("H", &state)
        let effects = state.update(.key(.control("x")))
        #expect(effects.contains(.cancel("restart", "web")))
    }

    @Test func durationsTickByTheSecondWhileSomethingRuns() {
        var state = state()
        state.settings.refresh = 10
        #expect(state.untilTick(state.now.advanced(by: .seconds(5))) == nil)
        type("r", &state)
        #expect(state.untilTick(state.now.advanced(by: .milliseconds(300))) == .milliseconds(700))
        #expect(state.untilTick(state.now.advanced(by: .seconds(5))) == .zero)
        #expect(state.untilTick(state.now.advanced(by: .seconds(-50))) == .seconds(1))
        type("H", &state)
        _ = state.update(.clock(state.now.advanced(by: .milliseconds(3400))))
        #expect(text(state).contains(" 3s ") && !text(state).contains("3.4"))
        // Figures that come each second bring the time along.
        state.settings.refresh = 1
        #expect(state.untilTick(state.now.advanced(by: .seconds(5))) == nil)
        state.settings.refresh = 10
        _ = state.update(.performed(.restart, [Message.Outcome(id: Scenery.id(0), name: "web", error: nil)]))
        #expect(state.untilTick(state.now.advanced(by: .seconds(5))) == nil)
        // What is over says how long it took.
        #expect(text(state).contains("3.4 s"))
    }

    @Test func nothingIsRemovedWhereNoContainerIsShown() {
        var state = state()
        type("Hd", &state)
        #expect(state.dialog == nil)
        #expect(!FooterBar.hints(state).contains { $0.action == .remove })
    }

    // MARK: Help

    @Test func theHelpTellsFirstWhatCanBeDoneHere() throws {
        var state = state()
        type("?", &state)
        let lines = HelpText(state).lines
        #expect(lines.first?.text == "Here: Containers, web")
        #expect(lines.contains { $0.text == "First steps" })
        type("/restart", &state)
        #expect(HelpText(state).lines.allSatisfy { $0.isHeading || $0.text.isEmpty || $0.text.contains("restart") })
        type("zzz", &state)
        #expect(text(state).contains("nothing here is called so"))
        _ = state.update(.key(.escape))
        #expect(state.isHelpShown)
        _ = state.update(.key(.escape))
        #expect(!state.isHelpShown)
    }

    @Test func hintsAreWhatIsPossibleNow() {
        var state = state()
        #expect(FooterBar.hints(state).contains { $0.action == .shell })
        state.list.select(Scenery.id(6))
        #expect(!FooterBar.hints(state).contains { $0.action == .shell || $0.action == .kill })
        state.isReadOnly = true
        #expect(!FooterBar.hints(state).contains { $0.action == .restart })
    }
}
