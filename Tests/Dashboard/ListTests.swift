import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct ListTests {
    @Test(
        arguments: [
            ("web", ["web"]), ("WEB", ["web"]), ("!demo", ["frozen", "backup", "fresh"]),
            ("-l app", ["web", "backup"]),
            ("-l app=shop", ["web"]), ("!-l app", ["wave", "saw-tooth", "chatter", "crasher", "frozen", "fresh"]),
            ("-l", ["web", "wave", "saw-tooth", "chatter", "crasher", "frozen", "backup", "fresh"]),
            ("paused", ["frozen"]), ("[", []), ("(*?\\", []),
            ("!", ["web", "wave", "saw-tooth", "chatter", "crasher", "frozen", "backup", "fresh"]),
            ("-l =", []), ("000000000003", ["chatter"]),
        ] as [(String, [String])])
    func filtersKeepWhatTheySay(filter: String, names: [String]) {
        var list = ContainersState()
        list.filter = RowFilter(filter)
        list.replace(Scenery.containers, usage: [:])
        #expect(Set(list.rows.map(\.name)) == Set(names))
    }

    @Test(arguments: ContainerColumn.allCases)
    func everyColumnSortsBothWaysAndKeepsAllRows(column: ContainerColumn) {
        let usage = Scenery.statistics().frame(3).containers
        var sort = ContainerSort(column: column)
        let forward = sort.sorted(Scenery.containers, usage: usage)
        sort.isReversed = true
        let backward = sort.sorted(Scenery.containers, usage: usage)
        #expect(Set(forward.map(\.id)) == Set(Scenery.containers.map(\.id)))
        #expect(Set(backward.map(\.id)) == Set(forward.map(\.id)))
        #expect(forward.first?.id != backward.first?.id)
    }

    @Test func namesRiseAndFiguresFallAndAskingAgainReverses() {
        var sort = ContainerSort(column: .state)
        sort.choose(.name)
        #expect(sort.sorted(Scenery.containers, usage: [:]).first?.name == "backup")
        sort.choose(.name)
        #expect(sort.sorted(Scenery.containers, usage: [:]).first?.name == "web")
        sort.choose(.cpu)
        let usage = Scenery.statistics().frame(0).containers
        let figures = sort.sorted(Scenery.containers, usage: usage).map { usage[$0.id]?.cpu ?? -1 }
        #expect(figures == figures.sorted(by: >))
    }

    @Test func numbersInNamesCountByTheirValue() {
        let wanted = ["", "7", "box", "Box-1", "box-2", "box-02b", "box-10", "box-10a", "box-010b", "boxes", "é1"]
        #expect(wanted.reversed().sorted { NaturalOrder($0) < NaturalOrder($1) } == wanted)
        for (index, left) in wanted.enumerated() {
            for (other, right) in wanted.enumerated() {
                #expect((NaturalOrder(left) < NaturalOrder(right)) == (index < other))
            }
        }
        let huge = String(repeating: "9", count: 40)
        #expect(NaturalOrder(huge + "1") > NaturalOrder(huge))
        #expect(NaturalOrder("a01") != NaturalOrder("a1"))
    }

    @Test func figuresThatAreNoNumbersDoNotConfuseTheOrder() {
        var usage: [ContainerID: Usage] = [:]
        for container in Scenery.containers {
            usage[container.id] = Usage(time: Scenery.now)
            usage[container.id]?.cpu = container.name == "web" ? .nan : 5
        }
        let rows = ContainerSort(column: .cpu).sorted(Scenery.containers, usage: usage)
        #expect(rows.last?.name == "web")
    }

    @Test func theSelectionStaysOnItsContainerWhenTheOrderChanges() {
        var state = Scenery.state()
        state.list.select(Scenery.id(2))
        _ = state.update(.key(.character("N")))
        #expect(state.list.selected == Scenery.id(2))
        #expect(state.list.rows[state.list.index].id == Scenery.id(2))
    }

    @Test func theSelectionMovesToTheNeighbourWhenItsRowGoes() {
        var state = Scenery.state()
        state.list.select(2)
        let gone = state.list.rows[2].id
        let next = state.list.rows[3].id
        _ = state.update(
            .events([Event(time: Scenery.now, type: .container, action: "destroy", actorID: gone.rawValue)]))
        #expect(state.list.selected == next)
        #expect(state.list.byID[gone] == nil)
    }

    @Test func stoppedContainersHideAndComeBack() {
        var state = Scenery.state()
        _ = state.update(.key(.character(".")))
        #expect(!state.list.rows.contains { $0.name == "backup" })
        #expect(state.list.rows.contains { $0.name == "crasher" })
        _ = state.update(.key(.character(".")))
        #expect(state.list.rows.contains { $0.name == "backup" })
    }

    @Test(arguments: ImageColumn.allCases)
    func imagesSortByEveryColumn(column: ImageColumn) {
        var sort = ImageSort(column: column)
        let forward = sort.sorted(Scenery.images, usedBy: [Scenery.imageID(0): 3])
        sort.choose(column)
        let backward = sort.sorted(Scenery.images, usedBy: [Scenery.imageID(0): 3])
        #expect(Set(forward.map(\.id)) == Set(backward.map(\.id)))
        #expect(forward.map(\.id) != backward.map(\.id))
    }

    @Test(
        arguments: [
            (0, 10, 5, 0, 0), (9, 10, 5, 0, 5), (3, 10, 5, 8, 3), (0, 0, 5, 3, 0), (4, 10, 0, 4, 0), (9, 10, 20, 5, 0),
        ] as [(Int, Int, Int, Int, Int)])
    func scrollingKeepsTheSelectionInSight(index: Int, count: Int, height: Int, scroll: Int, expected: Int) {
        #expect(ScrollMath.keeping(index, in: height, of: count, scroll: scroll) == expected)
    }

    @Test func tracesKeepTheNewestAndFillTheFrontWithNothing() {
        var trace = CPUTrace()
        for value in 0..<200 { trace.add(Double(value)) }
        #expect(trace.last(3) == [197, 198, 199])
        #expect(trace.last(100).prefix(20).allSatisfy { $0 == nil })
        trace.add(.nan)
        trace.add(nil)
        #expect(trace.last(2) == [nil, nil])
        #expect(CPUTrace().last(2) == [nil, nil])
    }
}
