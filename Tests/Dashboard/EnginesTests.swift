import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct EnginesTests {
    private static func status(_ name: String, _ condition: EngineStatus.Condition) -> EngineStatus {
        EngineStatus(name: name, kind: name == "spyhop" ? .spyhop : .docker, address: "/\(name)", condition: condition)
    }

    private static let gone = EngineStatus.Condition.unreachable(
        EngineError(.unreachable, "cannot ask", cause: EngineError(.system, "it is gone")), since: Timestamp(seconds: 5)
    )

    private func state() -> DashboardState {
        var state = Scenery.state(view: .containers, columns: 120, rows: 30)
        _ = state.update(
            .answer(.engines, [Self.status("spyhop", .connected), Self.status("docker", .connected)]))
        var containers = Scenery.containers
        for index in containers.indices { containers[index].engine = index % 2 == 0 ? "docker" : "spyhop" }
        _ = state.update(.containers(.success(containers)))
        return state
    }

    private func screen(_ state: DashboardState) -> String {
        Frame.draw(state, look: Look(theme: .plain, glyphs: .unicode)).canvas.lines.joined(separator: "\n")
    }

    @Test func anEngineThatGoesIsToldOnceAndItsRowsStay() throws {
        var state = state()
        let count = state.list.all.count
        _ = state.update(.answer(.engines, [Self.status("spyhop", .connected), Self.status("docker", Self.gone)]))
        #expect(state.list.all.count == count)
        #expect(screen(state).contains("docker away"))
        #expect(screen(state).contains("running?"))
        #expect(screen(state).contains("engine docker is away: it is gone"))
        let back = state.update(
            .answer(.engines, [Self.status("spyhop", .connected), Self.status("docker", .connected)]))
        #expect(back.contains(.loadContainers))
        #expect(!screen(state).contains("running?"))
        #expect(screen(state).contains("engine docker is back"))
    }

    @Test func theColumnStandsThereWhereThereAreEngines() {
        #expect(screen(state()).contains("ENGINE"))
        #expect(!screen(Scenery.state(view: .containers, columns: 160, rows: 30)).contains("ENGINE"))
    }

    @Test func theFilterKnowsEngines() {
        var state = state()
        state.list.table.narrow("engine:docker")
        #expect(!state.list.rows.isEmpty)
        #expect(state.list.rows.allSatisfy { $0.engine == "docker" })
    }

    @Test func oneEngineIsChosenByAKeyAndAllAgain() throws {
        var state = state()
        _ = state.update(.key(.control("e")))
        let dialog = try #require(state.dialog as? ChoiceDialog)
        #expect(dialog.items.map(\.label) == ["All", "spyhop", "docker"])
        _ = state.update(.key(.down))
        _ = state.update(.key(.down))
        let effects = state.update(.key(.enter))
        let errand = try #require(
            effects.compactMap { effect -> ChooseEngine? in
                if case .errand(let errand) = effect { errand.errand as? ChooseEngine } else { nil }
            }.first)
        #expect(errand.name == "docker")
        let loads = state.update(.answer(.engines, ChooseEngine.Answer(chosen: "docker")))
        #expect(loads.contains(.loadContainers) && loads.contains(.loadImages))
        #expect(state[EnginesPane.self].chosen == "docker")
    }

    @Test func oneEngineAloneIsNothingToChooseFrom() {
        var state = Scenery.state(view: .containers, columns: 120, rows: 30)
        _ = state.update(.key(.control("e")))
        #expect(state.dialog == nil)
        #expect(screen(state).contains("there is one engine here"))
    }

    @Test func thingsOfTwoEnginesWithOneNameAreTwoRows() {
        var first = Volume(name: "data", createdAt: Timestamp(seconds: 1), mountpoint: "/a")
        var second = first
        (first.engine, second.engine) = ("docker", "podman")
        var state = state()
        _ = state.update(.volumes(.success([first, second])))
        #expect(state.volumes.all.count == 2)
        #expect(state.volumes.all.map(\.reference) == ["docker::data", "podman::data"])
    }
}
