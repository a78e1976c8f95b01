import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct ListTests {
    @Test(
        arguments: [
            ("web", ["web"]), ("WEB", []), ("!demo", ["frozen", "backup", "fresh"]),
            ("-l app", ["web", "backup"]),
            ("-l app=shop", ["web"]), ("!-l app", ["wave", "saw-tooth", "chatter", "crasher", "frozen", "fresh"]),
            ("-l", ["web", "wave", "saw-tooth", "chatter", "crasher", "frozen", "backup", "fresh"]),
            ("paused", ["frozen"]), ("[", []), ("(*?\\", []),
            ("!", ["web", "wave", "saw-tooth", "chatter", "crasher", "frozen", "backup", "fresh"]),
            ("-l =", []), ("000000000003", ["chatter"]),
        ] as [(String, [String])])
    func filtersKeepWhatTheySay(filter: String, names: [String]) {
        var list = ContainersState()
        list.receive(.success(Scenery.containers))
        list.table.narrow(filter)
        #expect(Set(list.rows.map(\.name)) == Set(names))
    }

    private func table(_ usage: [ContainerID: Usage] = [:]) -> Listing<Container> {
        var list = Listing<Container>()
        list.follow {
            $0.now = Scenery.now
            $0.usage = usage
        }
        list.replace(Scenery.containers)
        return list
    }

    @Test(arguments: Container.columns.list.map(\.id))
    func everyColumnSortsBothWaysAndKeepsAllRows(column: String) {
        var list = table(Scenery.statistics().frame(3).containers)
        list.sort(by: column)
        let forward = list.rows.map(\.id)
        list.sort(by: column)
        let backward = list.rows.map(\.id)
        #expect(Set(forward) == Set(Scenery.containers.map(\.id)))
        #expect(Set(backward) == Set(forward))
        // Where most have nothing to say the order may be one and the same.
        let values = Scenery.containers.map { Container.columns[column]?.value($0, list.facts) }
        let order = Container.columns[column]?.order
        let keys = Set(Scenery.containers.map { order?($0, list.facts) ?? values.first.flatMap { $0 } ?? .nothing })
        if order != nil, keys.count > 2 { #expect(forward != backward) }
        if order == nil, Set(values).count > 2 { #expect(forward != backward) }
    }

    @Test func namesRiseAndFiguresFallAndAskingAgainReverses() {
        let usage = Scenery.statistics().frame(0).containers
        var list = table(usage)
        list.sort(by: "name")
        #expect(list.rows.first?.name == "backup")
        list.sort(by: "name")
        #expect(list.rows.first?.name == "web")
        list.sort(by: "cpu")
        let figures = list.rows.map { $0.state.isAlive ? usage[$0.id]?.cpu ?? -1 : -1 }
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
        for container in Scenery.containers where container.state.isAlive {
            usage[container.id] = Usage(time: Scenery.now)
            usage[container.id]?.cpu = container.name == "web" ? .nan : 5
        }
        var list = table(usage)
        list.sort(by: "cpu")
        #expect(Set(list.rows.prefix(usage.count - 1).map(\.name)) == ["wave", "saw-tooth", "chatter", "frozen"])
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

    @Test(arguments: ["name", "id", "digest", "created", "size", "layers", "platform", "used", "users"])
    func imagesSortByEveryColumn(column: String) {
        var list = Listing<Image>()
        list.learn { $0.imageUsers = [Scenery.imageID(0): ["a", "b", "c"]] }
        list.replace(Scenery.images)
        list.sort(by: "size")
        list.sort(by: column)
        let forward = list.rows.map(\.id)
        list.sort(by: column)
        #expect(Set(forward) == Set(list.rows.map(\.id)))
        #expect(forward != list.rows.map(\.id))
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
