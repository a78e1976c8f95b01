import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct DiskUsageTests {
    private func counted() -> DashboardState {
        var state = Scenery.state(view: .diskUsage)
        Scenery.settle(&state, state.settle())
        return state
    }

    @Test func theLargestStandFirstAndWhatNobodyUsesCanGo() {
        var rows = UsageRows()
        rows.take(Scenery.diskUsage)
        let sizes = (rows.items[.containers] ?? []).map { $0.bytes ?? 0 }
        #expect(sizes == sizes.sorted(by: >))
        #expect(rows.totals[.images] == 128_000_000)
        #expect(rows.prunable(.containers, all: true).map(\.name).sorted() == ["backup", "fresh"])
        #expect(rows.prunable(.images, all: false).count == 1)
        rows.toggleOrder()
        #expect((rows.items[.containers] ?? []).map(\.name) == Scenery.containers.map(\.name).sorted())
        let before = rows.rows.count
        rows.toggleFold(.containers)
        #expect(rows.rows.count == before - Scenery.containers.count)
    }

    @Test func countingCanBeStopped() {
        var state = Scenery.state(view: .diskUsage)
        let effects = state.update(.key(.character("r")))
        #expect(effects.contains(.errand(.diskUsage, CountUsage())))
        _ = state.update(.answer(.diskUsage, DiskUsageProgress(done: 1, total: 4, present: "volume x")))
        let text = Frame.draw(state, look: Look(theme: .plain, glyphs: .unicode)).canvas.lines.joined()
        #expect(text.contains("1/4"))
        #expect(state.update(.key(.control("x"))).contains(.endErrand(.diskUsage, slot: CountUsage.place)))
        #expect(!state.update(.clock(Scenery.now)).contains(.errand(.diskUsage, CountUsage())))
    }

    @Test func aPruneTellsWhatWouldGoAndBeginsWithCancel() throws {
        var state = counted()
        let place = try #require(state[DiskUsagePane.self].rows.rows.firstIndex(of: .heading(.containers)))
        state[DiskUsagePane.self].rows.select(place)
        _ = state.update(.key(.character("P")))
        let dialog = try #require(state.dialog)
        #expect(dialog.items[dialog.selected].choice == .cancel)
        #expect(dialog.text.contains { $0.contains("backup") })
        _ = state.update(.key(.down))
        let effects = state.update(.key(.enter))
        let wanted = PruneUsage(
            kind: .containers,
            references: state[DiskUsagePane.self].rows.prunable(.containers, all: true).map(\.reference), all: true)
        #expect(effects.contains(.errand(.diskUsage, wanted)))
    }

    @Test func nothingIsPrunedWhereNothingMayBeChanged() {
        var state = counted()
        state.isReadOnly = true
        _ = state.update(.key(.character("P")))
        #expect(state.dialog == nil)
    }

    @Test func enterLeadsToTheThing() {
        var state = counted()
        let rows = state[DiskUsagePane.self].rows
        let place = rows.rows.firstIndex { rows.item($0)?.name == "backup" } ?? 0
        state[DiskUsagePane.self].rows.select(place)
        _ = state.update(.key(.enter))
        #expect(state.view == .containers)
        #expect(state.selected?.name == "backup")
    }
}
