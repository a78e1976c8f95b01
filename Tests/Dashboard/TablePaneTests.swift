import Engine
import Terminal
import Testing

@testable import Dashboard

/// What keys and clicks do to tables.
@Suite struct TablePaneTests {
    private func press(_ state: inout DashboardState, _ keys: [Key]) -> [Effect] {
        keys.flatMap { state.update(.key($0)) }
    }

    private func type(_ text: String, _ state: inout DashboardState) -> [Effect] {
        text.flatMap { state.update(.key($0 == "\r" ? .enter : .character($0))) }
    }

    private func screen(_ state: DashboardState) -> String {
        Frame.draw(state, look: Look(theme: .plain, glyphs: .ascii)).canvas.lines.joined(separator: "\n")
    }

    // MARK: Filtering

    @Test func aBadFilterIsToldInTheLineAndTheLastGoodOneStays() {
        var state = Scenery.state(view: .containers)
        _ = type("/wave ~wa(", &state)
        #expect(state.list.rows.map(\.name) == ["wave"])
        #expect(screen(state).contains("in the regular expression: missing closing parenthesis"))
        // Enter does not swallow what was typed.
        _ = press(&state, [.enter])
        #expect(state.prompt?.text == "wave ~wa(")
        _ = type(")\r", &state)
        #expect(state.prompt == nil)
        #expect(state.list.rows.map(\.name) == ["wave"])
        _ = type("/(", &state)
        _ = press(&state, [.escape])
        #expect(state.list.table.filter.text == "wave ~wa()")
    }

    @Test func escapeBringsTheFilterBackThatWasInForce() {
        var state = Scenery.state(view: .containers)
        _ = type("/wave\r/ ~(\r", &state)
        #expect(state.prompt != nil)
        _ = press(&state, [.escape])
        #expect(state.prompt == nil && state.list.table.problem == nil)
        #expect(state.list.table.filter.text == "wave")
        _ = press(&state, [.escape])
        #expect(state.list.table.filter.isEmpty)
    }

    @Test func theLineTeachesItsSyntaxAndTabCompletes() {
        var state = Scenery.state(view: .containers)
        _ = type("/", &state)
        #expect(screen(state).contains("!not  -f fuzzy  -l label=value  cpu>50"))
        _ = type("heal", &state)
        #expect(screen(state).contains("Tab: health:"))
        _ = press(&state, [.tab])
        #expect(state.prompt?.text == "health:")
        _ = type("unh\r", &state)
        #expect(state.list.rows.map(\.name) == ["chatter"])
    }

    @Test func whatIsFoundIsLit() {
        var state = Scenery.state(view: .containers)
        _ = type("/-f st\r", &state)
        #expect(state.list.rows.first?.name == "saw-tooth")
        let canvas = Frame.draw(state, look: Look(theme: .plain, glyphs: .ascii)).canvas
        let lit = (0..<18).filter { canvas[Point(x: $0, y: 4)].style.attributes.contains(.underline) }
        #expect(lit.count == 2)
    }

    @Test func anEmptyTableSaysHowToFillIt() {
        var state = Scenery.state(view: .containers)
        _ = type("/zzz\r", &state)
        #expect(screen(state).contains("no container matches zzz") && screen(state).contains("Esc shows all"))
        state = Scenery.state(view: .volumes)
        _ = state.update(.volumes(.success([])))
        #expect(screen(state).contains("no volume yet") && screen(state).contains("c makes one"))
        state = Scenery.state(view: .networks)
        _ = state.update(.networks(.failure(EngineError(.conflict, "the disk is gone"))))
        _ = state.update(.networks(.success([])))
        #expect(screen(state).contains("c makes one"))
    }

    // MARK: Marks

    @Test func shiftWithArrowsMarksARange() {
        var state = Scenery.state(view: .containers)
        _ = press(&state, [.home, .shiftDown, .shiftDown])
        #expect(state.list.marks.count == 3)
        _ = press(&state, [.shiftUp])
        #expect(state.list.marks.count == 2)
        _ = press(&state, [.escape])
        #expect(state.list.marks.isEmpty)
        // Where nothing is marked, Shift changes nothing about an arrow.
        state = Scenery.state(view: .graphs)
        #expect(press(&state, [.shiftDown]) == Array(press(&state, [.down])))
    }

    @Test func aHeldRangeMarksWithEveryStepUntilItEnds() {
        var state = Scenery.state(view: .volumes)
        _ = press(&state, [.home, .character("V"), .down, .down])
        #expect(state.volumes.marks.count == 3)
        _ = press(&state, [.escape, .down])
        #expect(state.volumes.marks.count == 3 && state.volumes.range == nil)
    }

    // MARK: Many at once

    @Test func manyAtOnceAreCountedNamedAndConfirmed() throws {
        var state = Scenery.state(view: .containers)
        _ = type("b", &state)
        let items = try #require(state.dialog?.items)
        #expect(items.first?.choice == .cancel)
        let stop = try #require(items.firstIndex { $0.label == "Stop all that run" })
        #expect(items[stop].note == "5")
        #expect(press(&state, Array(repeating: .down, count: stop) + [.enter]).isEmpty)
        #expect(state.dialog?.title == "Stop 5 containers?")
        #expect(state.dialog?.text.first?.contains("chatter") == true)
        // Cancel is what an Enter too many does.
        #expect(press(&state, [.enter]).isEmpty && state.dialog == nil)
        _ = type("b", &state)
        _ = press(&state, Array(repeating: .down, count: stop) + [.enter])
        let effects = type("y", &state)
        guard case .perform(.stop, let targets)? = effects.first else {
            Issue.record("nothing is stopped")
            return
        }
        #expect(Set(targets.map(\.name)) == ["web", "wave", "saw-tooth", "chatter", "frozen"])
    }

    @Test func manyAtOnceAreThoseThatTheFilterShows() throws {
        var state = Scenery.state(view: .containers)
        _ = type("/wa\rb", &state)
        let stop = try #require(state.dialog?.items.first { $0.label == "Stop all that run" })
        #expect(stop.note == "1")
        #expect(state.dialog?.text == ["Of those that match wa."])
    }

    @Test func unusedImagesNetworksAndVolumesGoManyAtOnce() {
        func last(_ view: ViewName, _ key: String) -> [Effect] {
            var state = Scenery.state(view: view)
            _ = type(key, &state)
            _ = press(&state, [.end, .enter])
            #expect(state.dialog?.items.first?.choice == .cancel)
            return type("y", &state)
        }
        #expect(
            last(.images, "*").contains { if case .pruneImages(let images) = $0 { images.count == 2 } else { false } })
        #expect(
            last(.networks, "b").contains {
                if case .change(.removeNetworks(let networks)) = $0 { networks.map(\.name) == ["spare"] } else { false }
            })
        #expect(
            last(.volumes, "b").contains {
                if case .change(.removeVolumes(let names)) = $0 { names.count == 2 } else { false }
            })
    }

    @Test func nothingIsChangedWhereOnlyReadingIsAllowed() {
        for (view, keys) in [
            (ViewName.containers, "sd"), (.containers, "r"), (.images, "dP"), (.networks, "dPcau"), (.volumes, "dPc"),
        ] {
            var state = Scenery.state(view: view)
            state.isReadOnly = true
            #expect(type(keys, &state).isEmpty, "\(view.rawValue) \(keys)")
            #expect(state.dialog == nil && state.prompt == nil)
            #expect(state.notice?.text.hasPrefix("read-only") == true)
        }
    }

    // MARK: Columns

    @Test func theChosenColumnsAreRemembered() {
        var state = Scenery.state(view: .containers)
        _ = type("o", &state)
        #expect(screen(state).contains("Columns of containers"))
        _ = press(&state, [.down, .down, .character(" "), .escape])
        #expect(state.chooser == nil)
        #expect(!screen(state).contains("IMAGE"))
        let text = state.memory["containers.table"]
        #expect(text?.contains("-image") == true)
        _ = type("M", &state)
        #expect(state.memory["containers.table"]?.contains("sort:memory") == true)

        var again = Scenery.state(view: .containers)
        again.list.table.remembered = nil
        again.memory["containers.table"] = state.memory["containers.table"]
        _ = again.update(.key(.down))
        #expect(!screen(again).contains("IMAGE"))
        #expect(again.list.table.sortOrder.column == "memory")
    }

    @Test func columnsThatDoNotFitAreScrolledTo() {
        var state = Scenery.state(view: .containers, columns: 80, rows: 24)
        #expect(!screen(state).contains("NET OUT"))
        _ = press(&state, Array(repeating: .right, count: 20))
        #expect(screen(state).contains("NAME") && screen(state).contains("PORTS"))
        #expect(!screen(state).contains("STATE"))
        _ = press(&state, Array(repeating: .left, count: 20))
        #expect(screen(state).contains("STATE"))
        _ = press(&state, [.character("W")])
        #expect(screen(state).contains("COMMAND") && screen(state).contains("wide"))
        // Where all of them fit there is nothing to scroll.
        state = Scenery.state(view: .volumes, columns: 200, rows: 40)
        _ = press(&state, [.right, .right])
        #expect(state.volumes.skippedColumns == 0)
    }

    @Test func aClickInTheChooserShowsAColumnAndBesideItCloses() throws {
        var state = Scenery.state(view: .containers)
        _ = type("o", &state)
        let frame = Frame.draw(state, look: Look(theme: .plain, glyphs: .ascii))
        let spot = try #require(
            frame.hits.map(\.target).first { $0 == .spot(.containers, .word(PaneWord(ChooserLine(line: 1)))) })
        _ = state.update(.mouse(MouseInput(kind: .press, target: spot)))
        #expect(state.list.table.settings.text.contains("name id image"))
        _ = state.update(.mouse(MouseInput(kind: .press, target: .pane(.containers))))
        #expect(state.chooser == nil)
    }

    @Test func projectsStandTogether() {
        var containers = Scenery.containers
        for place in [0, 4] { containers[place].labels["com.docker.compose.project"] = "shop" }
        containers[2].labels["com.docker.compose.project"] = "blog"
        var state = Scenery.state(view: .containers)
        _ = state.update(.containers(.success(containers)))
        _ = type("t", &state)
        #expect(state.list.rows.prefix(3).map(\.name) == ["saw-tooth", "web", "crasher"])
        #expect(screen(state).contains("PROJECT"))
        _ = type("t", &state)
        #expect(state.list.rows.first?.name == "chatter")
    }

    @Test func aTableIsAlsoCommaSeparatedText() {
        var state = Scenery.state(view: .volumes)
        state.volumes.narrow("shop")
        let table = VolumesPane.table(state)
        #expect(table?.titles == ["ID", "NAME", "DRIVER", "SIZE", "USED", "CREATED"])
        #expect(table?.rows == [["shop-data", "shop-data", "local", "12340000", "web", "108000"]])
    }

    @Test func aThousandRowsMoveWithFiguresAndOnlyThoseInViewAreDrawn() {
        var list = Listing<Container>()
        var usage: [ContainerID: Usage] = [:]
        let rows = (0..<1000).map { Scenery.container($0, "c-\($0)") }
        for (place, row) in rows.enumerated() {
            usage[row.id] = Usage(time: Scenery.now)
            usage[row.id]?.cpu = Double(place * 7 % 1000)
        }
        list.replace(rows)
        list.sort(by: "cpu")
        list.follow { $0.usage = usage }
        #expect(list.rows.first.flatMap { usage[$0.id]?.cpu } == 999)
        list.select(Scenery.id(500))
        list.keepVisible(10)
        list.follow { $0.usage[Scenery.id(500)]?.cpu = 5000 }
        #expect(list.index == 0 && list.selected?.name == "c-500")
    }
}
