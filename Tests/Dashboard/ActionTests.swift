import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct ActionTests {
    private func target(_ number: Int, _ name: String) -> Effect.Target {
        Effect.Target(id: Scenery.id(number), name: name)
    }

    private func selecting(_ number: Int) -> DashboardState {
        var state = Scenery.state()
        state.list.select(Scenery.id(number))
        _ = state.settle()
        return state
    }

    @Test func sStopsWhatRuns() {
        var state = selecting(0)
        let effects = state.update(.key(.character("s")))
        #expect(effects.contains(.perform(.stop, [target(0, "web")])))
        #expect(state.progress(of: Scenery.id(0)) == "stopping")
        let text = Frame.draw(state, look: Look(theme: .plain, glyphs: .ascii)).canvas.lines.joined()
        #expect(text.contains("stopping"))
    }

    @Test func sStartsWhatDoesNotRun() {
        var state = selecting(6)
        #expect(state.update(.key(.character("s"))).contains(.perform(.start, [target(6, "backup")])))
    }

    @Test func pPausesAndResumes() {
        var state = selecting(0)
        #expect(state.update(.key(.character("p"))).contains(.perform(.pause, [target(0, "web")])))
        state = selecting(5)
        #expect(state.update(.key(.character("p"))).contains(.perform(.unpause, [target(5, "frozen")])))
        state = selecting(6)
        #expect(!state.update(.key(.character("p"))).contains { if case .perform = $0 { true } else { false } })
        #expect(state.notice?.text.contains("running") == true)
    }

    @Test func actionsApplyToMarks() {
        var state = Scenery.state()
        state.list.marks = [Scenery.id(0), Scenery.id(3)]
        let effects = state.update(.key(.character("r")))
        #expect(effects.contains(.perform(.restart, [target(0, "web"), target(3, "chatter")])))
    }

    @Test func whatIsBusyIsNotAskedTwice() {
        var state = selecting(0)
        _ = state.update(.key(.character("r")))
        #expect(!state.update(.key(.character("r"))).contains { if case .perform = $0 { true } else { false } })
    }

    @Test func removingAsksAndEnterAloneLosesNothing() {
        var state = selecting(6)
        #expect(state.update(.key(.character("d"))).isEmpty)
        #expect(state.dialog?.items.first?.choice == .cancel)
        #expect(state.update(.key(.enter)).isEmpty)
        #expect(state.dialog == nil)
    }

    @Test func removingARunningOneOffersForce() {
        var state = selecting(0)
        _ = state.update(.key(.character("d")))
        #expect(state.dialog?.text.contains { $0.contains("killed") } == true)
        _ = state.update(.key(.right))
        #expect(state.update(.key(.enter)).contains(.perform(.remove(force: true), [target(0, "web")])))
    }

    @Test func removingAStoppedOneUsesNoForce() {
        var state = selecting(6)
        _ = state.update(.key(.character("d")))
        #expect(state.update(.key(.character("y"))).contains(.perform(.remove(force: false), [target(6, "backup")])))
    }

    @Test func killingAsksForTheSignal() {
        var state = selecting(0)
        _ = state.update(.key(.control("k")))
        #expect(state.dialog?.selected == 0)
        _ = state.update(.key(.down))
        _ = state.update(.key(.down))
        #expect(state.update(.key(.enter)).contains(.perform(.kill(signal: 15), [target(0, "web")])))
        state = selecting(6)
        _ = state.update(.key(.control("k")))
        #expect(state.dialog == nil)
    }

    @Test func theOutcomeIsToldAndMarksGo() {
        var state = Scenery.state()
        state.list.marks = [Scenery.id(0), Scenery.id(3)]
        _ = state.update(.key(.character("r")))
        let outcomes = [
            Message.Outcome(id: Scenery.id(0), name: "web", error: nil),
            Message.Outcome(id: Scenery.id(3), name: "chatter", error: nil),
        ]
        let effects = state.update(.performed(.restart, outcomes))
        #expect(state.notice?.kind == .success)
        #expect(state.notice?.text == "restarted 2 containers")
        #expect(state.list.marks.isEmpty)
        #expect(state.list.busy.isEmpty)
        #expect(effects.contains(.loadContainer(Scenery.id(0))))
    }

    @Test func failuresAreToldInWordsAndKeepTheirMarks() {
        var state = Scenery.state()
        state.list.marks = [Scenery.id(0), Scenery.id(3)]
        let error = EngineError(.conflict, "it is frozen", hint: "unpause it first")
        let outcomes = [
            Message.Outcome(id: Scenery.id(0), name: "web", error: error),
            Message.Outcome(id: Scenery.id(3), name: "chatter", error: nil),
        ]
        _ = state.update(.performed(.stop, outcomes))
        #expect(state.notice?.kind == .failure)
        #expect(state.notice?.text == "stopped chatter; cannot stop web: it is frozen (unpause it first)")
        #expect(state.list.marks == [Scenery.id(0)])
        let text = Frame.draw(state, look: Look(theme: .plain, glyphs: .ascii)).canvas.lines.joined()
        #expect(text.contains("unpause it first"))
    }

    @Test func removedContainersLeaveAtOnce() {
        var state = selecting(6)
        let effects = state.update(
            .performed(.remove(force: false), [Message.Outcome(id: Scenery.id(6), name: "backup")]))
        #expect(state.list.byID[Scenery.id(6)] == nil)
        #expect(!effects.contains(.loadContainer(Scenery.id(6))))
    }

    @Test func aShellNeedsARunningContainerAndAWayToOpenIt() {
        var state = selecting(0)
        #expect(state.update(.key(.character("E"))).contains(.shell(Scenery.id(0))))
        #expect(state.update(.key(.alt("a"))).contains(.attach(Scenery.id(0))))
        state.canShell = false
        #expect(!state.update(.key(.character("E"))).contains(.shell(Scenery.id(0))))
        #expect(state.notice?.kind == .failure)
        state = selecting(6)
        #expect(!state.update(.key(.character("E"))).contains(.shell(Scenery.id(6))))
        #expect(state.notice?.text.contains("exited") == true)
    }

    @Test func imagesAreRemovedAfterAsking() {
        var state = Scenery.state(view: .images)
        _ = state.update(.key(.character("d")))
        #expect(state.dialog?.text.contains { $0.contains("8 containers") } == true)
        _ = state.update(.key(.right))
        let effects = state.update(.key(.enter))
        let target = Effect.ImageTarget(id: Scenery.imageID(0), name: "demo:latest")
        #expect(effects.contains(.removeImages([target], force: true)))
    }

    @Test func eventsReloadWhatTheyAreAboutOnce() {
        var state = Scenery.state()
        let id = Scenery.id(0)
        let event = Event(time: Scenery.now, type: .container, action: "start", actorID: id.rawValue)
        let effects = state.update(.events([event, event]))
        #expect(effects.filter { $0 == .loadContainer(id) }.count == 1)
        #expect(!state.update(.events([event])).contains(.loadContainer(id)))
        // It changed while it was being read: it is read once more.
        #expect(state.update(.container(id, .success(Scenery.containers[0]))).contains(.loadContainer(id)))
        #expect(!state.update(.container(id, .success(Scenery.containers[0]))).contains(.loadContainer(id)))
    }

    @Test func aStormOfEventsReloadsTheList() {
        var state = Scenery.state()
        let events = (0..<100).map {
            Event(time: Scenery.now, type: .container, action: "create", actorID: Scenery.id($0 + 50).rawValue)
        }
        #expect(state.update(.events(events)) == [.loadContainers])
    }

    @Test func commandsRunInsideAreNoChange() {
        var state = Scenery.state()
        let event = Event(time: Scenery.now, type: .container, action: "exec_start", actorID: Scenery.id(0).rawValue)
        #expect(state.update(.events([event])).isEmpty)
    }

    @Test func escTakesBackOneThingAtATime() {
        var state = Scenery.state()
        _ = state.update(.key(.character("2")))
        for key in "/web" { _ = state.update(.key(.character(key))) }
        _ = state.update(.key(.enter))
        _ = state.update(.key(.character(" ")))
        #expect(state.list.marks.count == 1)
        _ = state.update(.key(.escape))
        #expect(state.list.marks.isEmpty)
        #expect(state.list.rows.count == 1)
        _ = state.update(.key(.escape))
        #expect(state.list.rows.count == 8)
        #expect(state.view == .containers)
        _ = state.update(.key(.escape))
        #expect(state.view == .overview)
    }

    @Test func escInTheFilterBringsTheOldOneBack() {
        var state = Scenery.state()
        for key in "/web" { _ = state.update(.key(.character(key))) }
        #expect(state.list.rows.map(\.name) == ["web"])
        _ = state.update(.key(.escape))
        #expect(state.list.rows.count == 8)
    }

    @Test func processesAreReadAgainWhileTheyAreShown() {
        var state = selecting(0)
        let ask = Effect.errand(.details, ReadProcesses(id: Scenery.id(0)))
        func answer() -> Message {
            .answer(.details, DetailsAnswer.processes(Scenery.id(0), .success(Scenery.processes), at: .zero))
        }
        var effects = state.update(.key(.character("8")))
        #expect(effects.contains(.inspect(Scenery.id(0))))
        for _ in 0..<4 { effects = state.update(.key(.character("]"))) }
        #expect(effects.contains(ask))
        // Not before the answer is there, and not in the same second.
        #expect(!state.update(.frame(Scenery.statistics().frame(1), histories: [:])).contains(ask))
        #expect(state.update(answer()).contains(ask))
        // What was asked for in this second is not asked for again in it.
        #expect(!state.update(answer()).contains(ask))
        #expect(state.update(.frame(Scenery.statistics().frame(2), histories: [:])).contains(ask))
        _ = state.update(.key(.character("2")))
        _ = state.update(answer())
        #expect(!state.update(.frame(Scenery.statistics().frame(3), histories: [:])).contains(ask))
    }

    @Test func quitAsksNothing() {
        var state = Scenery.state()
        #expect(state.update(.key(.character("q"))).contains(.quit))
        #expect(state.update(.key(.control("c"))).contains(.quit))
    }
}
