import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct ChangeRowsTests {
    private func rows() -> ChangeRows {
        var rows = ChangeRows()
        rows.take(Scenery.changes)
        return rows
    }

    @Test func aDirectoryCountsWhatIsBelowIt() throws {
        let rows = rows()
        let log = try #require(rows.rows.first { $0.location == ContainerPath("/var/log") })
        #expect(log.size == 4_200_007)
        #expect(log.below == 2)
        #expect(rows.rows.map(\.depth) == [0, 1, 1, 0, 1, 2, 2])
    }

    @Test func kindsAreHiddenAndShown() {
        var rows = rows()
        rows.toggle(.changed)
        rows.toggle(.deleted)
        #expect(rows.rows.compactMap(\.change?.kind) == [.added, .added])
        // Directories that lead to them stay, without a mark.
        #expect(rows.rows.map(\.location.text).first == "/var")
        rows.toggle(.added)
        #expect(rows.kinds.count == 3)
    }

    @Test func foldingHidesWhatIsBelow() {
        var rows = rows()
        rows.select(0)
        rows.toggleFold()
        #expect(rows.rows.map(\.location.text).prefix(2) == ["/etc", "/var"])
        rows.toggleOrder()
        #expect(rows.rows.first?.location.text == "/var/log/access.log")
    }

    @Test func enterLeadsToTheFileInTheBrowser() throws {
        var state = Scenery.state(view: .containers)
        state.list.select(Scenery.id(0))
        Scenery.settle(&state, state.update(.key(.character("F"))))
        let place = try #require(
            state[ChangesPane.self].rows.rows.firstIndex { $0.location.text == "/var/log/access.log" })
        state[ChangesPane.self].rows.select(place)
        let effects = state.update(.key(.enter))
        #expect(state.view == .browser)
        #expect(
            effects.contains(
                .errand(
                    .browser,
                    ListDirectory(
                        container: Scenery.id(0), path: ContainerPath("/var/log"),
                        choosing: Array("access.log".utf8)))))
    }
}
