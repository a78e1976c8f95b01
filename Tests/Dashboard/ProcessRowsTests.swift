import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct ProcessRowsTests {
    @Test func childrenStandBelowTheirParents() {
        var rows = ProcessRows()
        rows.take(Scenery.processes.reversed(), at: .zero)
        #expect(rows.rows.map(\.process.pid) == [1000, 1011, 1012, 1020])
        #expect(rows.rows.map(\.depth) == [0, 1, 2, 1])
    }

    @Test func numbersThatMakeARingAreAllShown() {
        var rows = ProcessRows()
        rows.take(
            [
                ContainerProcess(pid: 5, parent: 6, user: "", command: "a"),
                ContainerProcess(pid: 6, parent: 5, user: "", command: "b"),
            ], at: .zero)
        #expect(rows.rows.count == 2)
    }

    @Test func whatIsUsedIsCountedBetweenTwoLooks() {
        var rows = ProcessRows()
        var later = Scenery.processes
        later[2].cpuTime += 1_500_000_000
        // The number was given to another process meanwhile: what the former one used is none of its.
        later[3].startTicks = 7
        later[3].cpuTime = 200_000_000
        rows.take(Scenery.processes, at: .seconds(10))
        #expect(rows.rows.allSatisfy { $0.cpu == nil })
        rows.take(later, at: .seconds(12))
        let cpu = Dictionary(rows.rows.map { ($0.process.pid, $0.cpu) }, uniquingKeysWith: { first, _ in first })
        #expect(cpu[1012] == 75)
        #expect(cpu[1000] == 0)
        #expect(cpu[1020] == 10)
        rows.sort(by: .cpu)
        #expect(rows.rows.first?.process.pid == 1012)
        rows.sort(by: .cpu)
        #expect(rows.rows.last?.process.pid == 1012)
    }

    @Test func oneProcessIsSignalledAfterAQuestionWithCancelFirst() throws {
        var state = Scenery.state(view: .details)
        state.list.select(Scenery.id(0))
        state.details.choose(.processes)
        Scenery.settle(&state, state.settle())
        _ = state.update(.key(.down))
        _ = state.update(.key(.control("k")))
        let dialog = try #require(state.dialog)
        #expect(dialog.items[dialog.selected].choice == .cancel)
        #expect(dialog.title.contains("1011"))
        _ = state.update(.key(.down))
        let effects = state.update(.key(.enter))
        #expect(
            effects.contains(
                .errand(
                    .details,
                    SignalProcess(container: Scenery.id(0), pid: 1011, startTicks: 1011, signal: 9))))
    }

    @Test func nothingIsSignalledWhereNothingMayBeChanged() {
        var state = Scenery.state(view: .details)
        state.isReadOnly = true
        state.list.select(Scenery.id(0))
        state.details.choose(.processes)
        Scenery.settle(&state, state.settle())
        _ = state.update(.key(.control("k")))
        #expect(state.dialog == nil)
        #expect(state.notice?.text.contains("read-only") == true)
    }

    @Test func elsewhereThatKeyStillKillsTheContainer() {
        var state = Scenery.state(view: .details)
        state.list.select(Scenery.id(0))
        Scenery.settle(&state, state.settle())
        _ = state.update(.key(.control("k")))
        #expect(state.dialog?.title.contains("web") == true)
    }
}
