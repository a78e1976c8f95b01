import Engine
import Terminal

extension Pane {
    static let alerts = Pane("alerts")
}

extension ViewName {
    static let alerts = ViewName("alerts")
}

extension KeyContext {
    static let alerts = KeyContext("alerts", "Alerts")
}

extension Action {
    static let alerts = Action("alerts")
}

extension AlertsPane: PaneKind {
    typealias State = AlertsState

    static let pane = Pane.alerts
    static let title = "Alerts"
    static let contexts: [KeyContext] = [.alerts, .everywhere]
    static let views = [ViewDefinition(.alerts, "Alerts", tab: .graphs, .alerts)]
    static let opening = [KeyBinding(.alerts, .everywhere, ["!"], "alerts: who breaks which rule, since when")]
    static let menu: [Action] = [.open]

    static func height(_ state: DashboardState, _ rect: Rect) -> Int {
        let book = state.alerts.book
        return max(1, parts(rect.inset(), raised: book.raised.count, rules: book.rules.count).list.height - 1)
    }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        guard action == .alerts else { return nil }
        state.open(.alerts)
        return []
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        select(state.alerts.selected + step, &state)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        select(edge == .top ? 0 : .max, &state)
        return []
    }

    private static func select(_ index: Int, _ state: inout DashboardState) {
        state.alerts.selected = max(0, min(index, state.alerts.book.raised.count - 1))
    }

    /// To the graphs of who alerts.
    static func open(_ state: inout DashboardState) -> [Effect] {
        let raised = state.alerts.book.raised
        guard raised.indices.contains(state.alerts.selected) else { return [] }
        if case .container(let id) = raised[state.alerts.selected].subject {
            state.list.reveal(id)
        }
        state.graphs.mode = .one
        state.open(.graphs)
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        guard case .place(let index) = spot else { return [] }
        select(index, &state)
        return isDouble ? open(&state) : []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        guard let rect else { return [] }
        select(state.alerts.selected, &state)
        let height = height(state, rect)
        var alerts = state.alerts
        if alerts.selected < alerts.scroll { alerts.scroll = alerts.selected }
        if alerts.selected >= alerts.scroll + height { alerts.scroll = alerts.selected - height + 1 }
        alerts.scroll = max(0, min(alerts.scroll, alerts.book.raised.count - height))
        if alerts.scroll != state.alerts.scroll { state.alerts.scroll = alerts.scroll }
        return []
    }

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        guard let answer = answer as? RunAlertCommand.Answer else { return [] }
        state.alerts.running = max(0, state.alerts.running - 1)
        if let failure = answer.failure { state.tell(.failure, words("the command of an alert: \(failure)")) }
        return []
    }
}

extension DashboardState {
    /// Once a round: holds the rules against all figures, and does what they ask for.
    mutating func judge(_ frame: StatisticsFrame) -> [Effect] {
        guard !alerts.book.rules.isEmpty else { return [] }
        var subjects = [AlertRound.Subject(id: .host, name: host.hostname, usage: frame.host)]
        subjects.reserveCapacity(frame.containers.count + 1)
        for (id, usage) in frame.containers {
            guard let container = list.byID[id] else { continue }
            subjects.append(
                AlertRound.Subject(
                    id: .container(id), name: container.name, usage: usage, health: container.health,
                    restarts: container.restartCount))
        }
        var effects: [Effect] = []
        for news in alerts.book.evaluate(AlertRound(time: frame.time, subjects: subjects)) { effects += answer(news) }
        // However many there are, it rings once.
        if effects.contains(.ring) { effects = effects.filter { $0 != .ring } + [.ring] }
        return effects
    }

    private mutating func answer(_ news: AlertNews) -> [Effect] {
        var effects: [Effect] = []
        for action in news.alert.rule.actions {
            switch action {
            case .color: continue
            case .bell: if news.isRaised, settings.rings { effects.append(.ring) }
            case .notify:
                if news.isRaised, alerts.mayNotify(at: now) { effects.append(.notify("Spyhop", news.alert.sentence)) }
            case .command(let line):
                guard !isReadOnly else { continue }
                guard alerts.running < AlertsState.mostCommands else {
                    tell(
                        .failure,
                        words(
                            "a command of the alert \(news.alert.rule.name) is left out: \(alerts.running) run already")
                    )
                    continue
                }
                alerts.running += 1
                effects.append(.errand(.alerts, RunAlertCommand(command: AlertCommand(line, news))))
            }
        }
        return effects
    }
}
