import Engine
import Terminal
import Testing

@testable import Dashboard

/// The mechanism of all tables: order, place, marks, columns.
@Suite struct ListingTests {
    private func volume(_ name: String, size: Int64?, users: [String] = [], labels: [String: String] = [:]) -> Volume {
        Volume(
            name: name, createdAt: Timestamp(seconds: 1_000_000 - Int64(name.count)), mountpoint: "/v/\(name)",
            labels: labels, users: users, size: size)
    }

    private func listing() -> Listing<Volume> {
        var list = Listing<Volume>()
        list.follow { $0.now = Timestamp(seconds: 1_000_100) }
        list.replace([
            volume("box-10", size: 5, users: ["web"], labels: ["com.docker.compose.project": "shop"]),
            volume("box-2", size: nil), volume("alpha", size: 90, labels: ["com.docker.compose.project": "shop"]),
            volume("zeta", size: 5, users: ["db"], labels: ["com.docker.compose.project": "blog", "tier": "x"]),
        ])
        return list
    }

    private func names(_ list: Listing<Volume>) -> [String] { list.rows.map(\.name) }

    @Test func everyColumnSortsAndWhatIsEqualStaysByName() {
        var list = listing()
        #expect(names(list) == ["alpha", "box-2", "box-10", "zeta"])
        list.sort(by: "size")
        #expect(names(list) == ["alpha", "box-10", "zeta", "box-2"])
        #expect(!list.isAscending)
        // What says nothing stays last, and equals stay in the order of their names.
        list.sort(by: "size")
        #expect(names(list) == ["box-10", "zeta", "alpha", "box-2"])
        #expect(list.isAscending)
        list.sort(by: "used")
        #expect(names(list) == ["zeta", "box-10", "alpha", "box-2"])
        list.sort(by: "no-such-column")
        #expect(list.sortOrder.column == "used")
    }

    @Test func theSelectionStaysOnItsRowWhileTheOrderMoves() {
        var list = listing()
        list.select("zeta")
        list.sort(by: "size")
        #expect(list.selected?.name == "zeta" && list.index == 2)
        list.put(volume("zeta", size: 1000))
        #expect(list.selected?.name == "zeta" && list.index == 0)
        list.remove(["zeta"])
        #expect(list.selected?.name == "alpha")
        list.replace([])
        #expect(list.selected == nil && list.index == 0)
    }

    @Test func newRowsFindTheirPlaceAndChangedOnesMove() {
        var list = listing()
        list.put(volume("box-3", size: 1))
        #expect(names(list) == ["alpha", "box-2", "box-3", "box-10", "zeta"])
        list.narrow("box")
        list.put(volume("box-1", size: 1))
        list.put(volume("other", size: 1))
        #expect(names(list) == ["box-1", "box-2", "box-3", "box-10"])
        #expect(list["other"]?.size == 1)
    }

    @Test func idleRowsHideAndComeBack() {
        var list = listing()
        list.toggleIdle()
        #expect(names(list) == ["box-10", "zeta"])
        list.put(volume("box-10", size: 5))
        #expect(names(list) == ["zeta"])
        list.toggleIdle()
        #expect(names(list).count == 4)
    }

    @Test func whatIsToBeSeenIsShownWhateverHidesIt() {
        var list = listing()
        list.toggleIdle()
        list.narrow("web")
        list.reveal("zeta")
        #expect(list.selected?.name == "zeta" && !list.showsIdle && list.filter.isEmpty)
        list.reveal("alpha")
        #expect(list.selected?.name == "alpha" && list.showsIdle)
        list.reveal("nobody")
        #expect(list.selected?.name == "alpha")
    }

    @Test func groupsStandTogetherAndLonersLast() {
        var list = listing()
        var settings = list.settings
        settings.isGrouped = true
        list.apply(settings)
        #expect(names(list) == ["zeta", "alpha", "box-10", "box-2"])
        list.sort(by: "size")
        list.sort(by: "size")
        #expect(names(list) == ["zeta", "box-10", "alpha", "box-2"])
    }

    // MARK: Marks

    @Test func aRangeGrowsAndShrinksWithTheCursor() {
        var list = listing()
        list.toggleMark("zeta")
        list.extend(1)
        #expect(list.marks == ["alpha", "box-2", "zeta"])
        list.extend(1)
        #expect(list.marks == ["alpha", "box-2", "box-10", "zeta"])
        list.extend(-1)
        #expect(list.marks == ["alpha", "box-2", "zeta"])
        // A plain step ends it; the next range begins where the cursor is.
        list.move(1)
        #expect(list.marks == ["alpha", "box-2", "zeta"])
        list.extend(-1)
        #expect(list.marks == ["alpha", "box-2", "box-10", "zeta"])
    }

    @Test func aHeldRangeFollowsEveryStep() {
        var list = listing()
        list.toggleRange()
        #expect(list.marks == ["alpha"])
        list.move(2)
        #expect(list.marks == ["alpha", "box-2", "box-10"])
        list.select(1)
        #expect(list.marks == ["alpha", "box-2"])
        list.toggleRange()
        list.move(2)
        #expect(list.marks == ["alpha", "box-2"])
    }

    @Test func aRangeEndsWhenItsBeginningGoes() {
        var list = listing()
        list.toggleRange()
        list.remove(["alpha"])
        list.move(1)
        #expect(list.range == nil)
        #expect(list.marks == [])
    }

    @Test func actionsAreAboutMarksOrElseTheSelection() {
        var list = listing()
        #expect(list.targets.map(\.name) == ["alpha"])
        list.toggleMark("zeta")
        list.toggleMark("box-2")
        list.narrow("alpha")
        #expect(Set(list.targets.map(\.name)) == ["zeta", "box-2"])
        list.unmark()
        list.markAll()
        #expect(list.marks == ["alpha"])
    }

    // MARK: Columns

    @Test(
        arguments: [
            "", "name -image cpu=9 sort:-memory wide grouped", "label:a%20b=20 sort:label:x%3Dy", "-label:%25 wide",
        ])
    func settingsAreReadAsTheyWereWritten(text: String) {
        #expect(TableSettings(text).text == text)
    }

    @Test(arguments: ["= -", "name=x name", "sort:", "wide wide", "-", "cpu=99999999999999999999", "cpu=-4"])
    func settingsThatMeanNothingArePassedOver(text: String) {
        let settings = TableSettings(text)
        #expect(settings == TableSettings(settings.text))
        #expect(settings.choices.allSatisfy { $0.width.map(TableSettings.widths.contains) ?? true })
    }

    @Test func columnsAreShownMovedAndResizedAndTheFirstStaysFirst() {
        var list = listing()
        func shown() -> [String] { ListPainter.table(list, width: 80, isFocused: true).columns.map(\.id) }
        #expect(shown() == ["name", "driver", "size", "used", "created"])
        list.apply(TableSettings("created name -driver mountpoint=30"))
        #expect(shown() == ["name", "created", "size", "used", "mountpoint"])
        #expect(ListPainter.table(list, width: 80, isFocused: true).columns[4].minimum == 30)
        list.apply(TableSettings("-name"))
        #expect(shown().first == "name")
        list.apply(TableSettings("name label:tier"))
        #expect(shown().contains("label:tier"))
        list.apply(TableSettings("wide"))
        #expect(shown().contains("mountpoint"))
    }

    @Test func theChooserChangesWhatItShows() {
        var list = listing()
        var chooser = ColumnChooser()
        func press(_ keys: [Key]) { for key in keys { _ = chooser.press(key, &list) } }
        #expect(
            ColumnChooser.entries(list).map(\.id)
                == [
                    "name", "driver", "size", "used", "mountpoint", "created", "engine",
                    "label:com.docker.compose.project", "label:tier",
                ])
        press([.character(" "), .down, .character(" ")])
        #expect(list.settings.shownColumns(of: Volume.self).map(\.id) == ["name", "size", "used", "created", "engine"])
        press([.down, .character("J"), .character(">"), .character(">")])
        #expect(list.settings.text == "name -driver used size=11 -mountpoint created engine")
        press([.end, .character(" ")])
        #expect(list.settings.shownColumns(of: Volume.self).map(\.id).last == "label:tier")
        press([.home, .character("J"), .down, .character("K")])
        #expect(list.settings.choices.first?.column == "name")
        press([.character("s")])
        #expect(list.sortOrder.column == "driver")
        press([.character("r")])
        #expect(list.settings.text == "sort:driver")
        #expect(!chooser.press(.escape, &list))
    }

    @Test func everyCellOfEveryColumnCanBeDrawn() {
        let state = Scenery.state()
        let look = Look(theme: .plain, glyphs: .unicode)
        func draw<Row: Listed>(_ list: Listing<Row>) {
            var scene = CellScene(state: state, facts: list.facts, look: look, filter: list.filter)
            scene.width = 12
            for column in Row.columns.list {
                for row in list.all {
                    if case .text(let spans) = column.cell(row, scene), case .number = column.value(row, list.facts) {
                        #expect(!spans.map(\.text).joined().isEmpty || column.id == "endpoints", "\(column.id)")
                    }
                }
            }
        }
        draw(state.list.table)
        draw(state.imageList.table)
        draw(state.networks)
        draw(state.volumes)
    }
}
