import Engine
import Terminal

extension Pane {
    static let logs = Pane("logs")
}

extension ViewName {
    static let logs = ViewName("logs")
}

extension KeyContext {
    static let logs = KeyContext("logs", "Logs")
}

extension Action {
    static let logs = Action("logs")
    static let logFollow = Action("log-follow")
    static let logTimestamps = Action("log-timestamps")
    static let logWrap = Action("log-wrap")
    static let logSearch = Action("log-search")
    static let logRangeAll = Action("log-range-all")
    static let logRangeLonger = Action("log-range-longer")
    static let logRangeShorter = Action("log-range-shorter")
}

extension LogsPane: PaneKind {
    static let pane = Pane.logs
    static let title = "Logs"
    static let contexts: [KeyContext] = [.logs, .containers, .everywhere]
    static let views = [ViewDefinition(.logs, "Logs", .logs)]
    static let opening = [KeyBinding(.logs, .everywhere, ["7", "l", "m"], "logs", hint: "logs")]
    static let bindings = [
        KeyBinding(.logFollow, .logs, ["f"], "follow new lines, or hold still", hint: "follow"),
        KeyBinding(.logTimestamps, .logs, ["t"], "show or hide the time of each line", hint: "time"),
        KeyBinding(.logWrap, .logs, ["w"], "wrap long lines, or cut them", hint: "wrap"),
        KeyBinding(.logSearch, .logs, ["#"], "search in the log"),
        KeyBinding(.logRangeAll, .logs, ["0"], "the whole log"),
        KeyBinding(.logRangeShorter, .logs, ["<", ","], "only newer lines: 24 h, 6 h, 1 h, 15 m, 5 m, 1 m"),
        KeyBinding(.logRangeLonger, .logs, [">", "."], "older lines too"),
    ]
    static var menu: [Action] { ContainersPane.menu }

    static func subject(_ state: DashboardState) -> String { ContainersPane.subject(state) }

    static func copies(_ state: DashboardState) -> [Copyable] { ContainersPane.copies(state) }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) { ContainersPane.narrowing(state) }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .logs: state.open(.logs)
        case .logSearch: state.openPrompt(.searchLog)
        default: return state.adjustLog(action)
        }
        return []
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.scrollLog(step)
        return state.wantPages()
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        if edge == .top { return state.logToBeginning() }
        state.logs.isFollowing = true
        // What broke off is tried again.
        state.logs.failure = nil
        return []
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        if state.logs.wraps { state.logs.wraps = false }
        state.logs.column = min(max(0, state.logs.column + step), 100_000)
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        if state.view == .overview { state.open(.logs) }
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        guard state.logs.search != nil else { return false }
        state.logs.search = nil
        state.logs.searchDirection = 0
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.openPrompt(.searchLog)
        return []
    }

    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        state.findAgain(direction)
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        state.settleLog(isShown: rect != nil)
    }
}
