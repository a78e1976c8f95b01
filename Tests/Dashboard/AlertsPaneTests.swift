import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct AlertsPaneTests {
    private func state(_ rules: [AlertRule], view: ViewName = .alerts) -> DashboardState {
        var state = Scenery.state(view: view)
        state.alerts.book.rules = rules
        return state
    }

    private func rule(_ when: String, _ then: String..., containers: String? = nil) throws -> AlertRule {
        try AlertRule(.init(when: when, containers: containers, then: then))
    }

    private func round(_ state: inout DashboardState, _ number: Int = 0) -> [Effect] {
        state.update(.frame(Scenery.statistics().frame(number), histories: [:]))
    }

    private func text(_ state: DashboardState) -> String {
        Frame.draw(state, look: Look(theme: .plain, glyphs: .unicode)).canvas.lines.joined(separator: "\n")
    }

    @Test func whoAlertsIsListedWithTimeAndValue() throws {
        var state = state([try rule("unhealthy")])
        _ = round(&state)
        #expect(text(state).contains("chatter") && text(state).contains("! 1 alert"))
        _ = state.update(.key(.enter))
        #expect(state.view == .graphs && state.selected?.name == "chatter")
        #expect(text(state).contains("! unhealthy since"))
    }

    @Test func theRowOfWhoAlertsHasASignUnlessTheRuleIsNotAboutColour() throws {
        var state = state([try rule("unhealthy")], view: .containers)
        #expect(!text(state).contains("! chatter"))
        _ = round(&state)
        #expect(text(state).contains("! chatter") && !text(state).contains("! web"))
        state.alerts.book.rules = [try rule("unhealthy", "bell")]
        _ = round(&state, 1)
        #expect(!text(state).contains("! chatter"))
    }

    @Test func theBellRingsOnceARoundHoweverManyAlert() throws {
        var state = state([try rule("pids > 0", "bell"), try rule("pids >= 1", "bell")])
        let effects = round(&state)
        #expect(effects.filter { $0 == .ring }.count == 1)
        #expect(!round(&state, 1).contains(.ring))
        state.settings.rings = false
        state.alerts.book.rules = [try rule("pids > 0", "bell")]
        #expect(!round(&state, 2).contains(.ring))
    }

    @Test func notificationsAreToldInASentenceAndNotWithoutEnd() throws {
        var state = state([try rule("pids > 0", "notify", containers: "web")])
        #expect(round(&state).contains(.notify("Spyhop", "web: pids > 0, now 1")))
        state.alerts.book.rules = try (0..<40).map { try rule("memory > \($0) B", "notify") }
        let many = round(&state, 1).filter { if case .notify = $0 { true } else { false } }
        #expect(many.count == 9)
    }

    @Test func aCommandIsToldByVariablesWhatItIsAbout() throws {
        var state = state([try rule("pids > 0", "command: logger \"$SPYHOP_NAME\"", containers: "web")])
        let command = try #require(commands(round(&state)).first)
        #expect(command.line == "logger \"$SPYHOP_NAME\"")
        #expect(command.environment["SPYHOP_ALERT"] == "raised" && command.environment["SPYHOP_NAME"] == "web")
        #expect(command.environment["SPYHOP_CONTAINER"] == Scenery.id(0).rawValue)
        #expect(command.environment["SPYHOP_FIGURE"] == "pids" && command.environment["SPYHOP_VALUE"] == "1.00")
        _ = state.update(.answer(.alerts, RunAlertCommand.Answer(failure: "it ended with 3")))
        #expect(state.alerts.running == 0 && state.notice?.text.contains("it ended with 3") == true)
    }

    @Test func noMoreCommandsRunThanAreBearable() throws {
        var state = state([try rule("pids > 0", "command: sleep 9"), try rule("pids >= 1", "command: sleep 8")])
        #expect(commands(round(&state)).count == AlertsState.mostCommands)
        #expect(state.notice?.text.contains("is left out") == true)
    }

    @Test func nothingIsRunWhereNothingMayBeChanged() throws {
        var state = state([try rule("pids > 0", "command: touch /tmp/x")])
        state.isReadOnly = true
        #expect(commands(round(&state)).isEmpty)
        #expect(text(state).contains("no command is run"))
    }

    @Test func withoutAWayToRunCommandsThatIsSaid() async throws {
        let errand = RunAlertCommand(
            command: AlertCommand(
                "true",
                AlertNews(
                    isRaised: true,
                    alert: Alert(
                        subject: .host, name: "reef", rule: try rule("host cpu > 5"), since: Scenery.now, value: 9,
                        worst: 9))))
        let services = ErrandServices(engine: Scenery.engine(), statistics: Scenery.statistics())
        await errand.run(services) { answer in
            #expect((answer as? RunAlertCommand.Answer)?.failure?.contains("without a way") == true)
        }
    }

    private func commands(_ effects: [Effect]) -> [AlertCommand] {
        effects.compactMap { effect in
            if case .errand(let errand) = effect { (errand.errand as? RunAlertCommand)?.command } else { nil }
        }
    }
}
