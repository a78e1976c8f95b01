import Engine
import Terminal

extension Pane {
    static let details = Pane("details")
}

extension ViewName {
    static let details = ViewName("details")
}

extension KeyContext {
    static let details = KeyContext("details", "Details")
    /// Where something is inspected.
    static let inspection = KeyContext("inspection", "Inspect")
}

extension Action {
    static let details = Action("details")
    static let inspect = Action("inspect")
    static let inspectYAML = Action("inspect-yaml")
    static let inspectJSON = Action("inspect-json")
    static let inspectFold = Action("inspect-fold")
    static let inspectFoldAll = Action("inspect-fold-all")
    static let copyValue = Action("copy-value")
    static let copyPath = Action("copy-path")
    static let showSecrets = Action("show-secrets")
    static let processTree = Action("process-tree")
    static let processSort = Action("process-sort")
    static let signalProcess = Action("signal-process")
    static let checkHealth = Action("check-health")
}

/// What the details ask for in dialogs and lines.
enum DetailsWord: Sendable, Hashable {
    case search
    case sort(ProcessRows.Column)
    case signal(SignalProcess)
}

extension DetailsPane: PaneKind {
    static let pane = Pane.details
    static let title = "Details"
    static let contexts: [KeyContext] = [.details, .inspection, .containers, .everywhere]
    static let views = [ViewDefinition(.details, "Details", short: "Info", .details)]
    static let opening = [
        KeyBinding(.details, .everywhere, ["8"], "details"),
        KeyBinding(.inspect, .everywhere, ["i"], "inspect what is selected, as a tree"),
        KeyBinding(.inspectYAML, .everywhere, ["y"], "inspect it as YAML; again as a tree"),
    ]
    static let bindings = [
        KeyBinding(.inspectJSON, .inspection, ["Y"], "as JSON; again as a tree", hint: "json"),
        KeyBinding(.inspectFold, .inspection, ["space"], "fold or unfold", hint: "fold"),
        KeyBinding(.inspectFoldAll, .inspection, ["="], "fold or unfold everything", hint: "all"),
        KeyBinding(.copyValue, .inspection, ["c"], "copy the value", hint: "copy"),
        KeyBinding(.copyPath, .inspection, ["C"], "copy the path to it", hint: "path"),
        KeyBinding(.showSecrets, .details, ["v"], "show or cover values that look like secrets", hint: "secrets"),
        KeyBinding(.processTree, .details, ["t"], "processes as a tree or as a list", hint: "tree"),
        KeyBinding(.processSort, .details, ["O"], "choose the column to sort processes by", hint: "sort"),
        KeyBinding(
            .signalProcess, .details, ["ctrl-k"], "send a signal to one process; elsewhere kill the container",
            hint: "signal"),
        KeyBinding(.checkHealth, .details, ["H"], "run the health check now", hint: "check"),
    ]
    static var menu: [Action] {
        [
            .inspectYAML, .inspectJSON, .inspectFoldAll, .copyValue, .copyPath, .showSecrets, .processTree,
            .processSort, .signalProcess, .checkHealth,
        ] + ContainersPane.menu
    }

    static func subject(_ state: DashboardState) -> String { ContainersPane.subject(state) }

    static func copies(_ state: DashboardState) -> [Copyable] { ContainersPane.copies(state) }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) { ContainersPane.narrowing(state) }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int {
        max(1, room(rect).height - (state.details.tab == .processes ? 1 : 0))
    }

    static func offers(_ action: Action, _ state: DashboardState) -> Bool {
        let tab = state.details.tab
        switch action {
        case .inspectJSON, .copyPath: return tab == .inspect
        case .inspectFold, .inspectFoldAll: return tab == .inspect && state.details.inspection.look == .tree
        case .copyValue: return tab == .inspect || tab == .environment || tab == .processes
        case .showSecrets: return tab == .environment
        case .processTree, .processSort, .signalProcess: return tab == .processes
        case .checkHealth: return tab == .health
        default: return true
        }
    }

    static func found(_ state: DashboardState) -> String {
        let inspection = state.details.inspection
        return inspection.needle.isEmpty ? "" : words("\(inspection.matchCount) found")
    }

    // MARK: Moving

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        switch state.details.tab {
        case .inspect where state.details.inspection.document != nil: state.details.inspection.move(step)
        case .environment:
            let count = state.details.known?.environment.count ?? 0
            let wanted = ScrollMath.moved(state.details.variable, by: step)
            state.details.variable = min(max(0, wanted), max(0, count - 1))
        case .processes: state.details.processes.move(step)
        default:
            let height = state.layout.rect(of: pane).map { room($0).height } ?? 1
            let wanted = ScrollMath.moved(state.details.scroll, by: step)
            state.details.scroll = ScrollMath.clamp(wanted, height: height, count: lines(state).count)
        }
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        move(edge == .top ? -.max / 2 : .max / 2, &state)
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        if state.details.tab == .inspect {
            state.details.inspection.sideways(step)
        } else {
            state.details.column = min(max(0, state.details.column + step), 100_000)
        }
        return []
    }

    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        state.details.step(direction)
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        guard state.details.tab == .inspect else { return [] }
        let inspection = state.details.inspection
        if inspection.look == .tree, inspection.rows.selected?.isBranch == true {
            state.details.inspection.toggle()
        } else if let value = inspection.selectedValue {
            return state.jump(toWhatIsNamed: value)
        }
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        guard state.details.tab == .inspect, !state.details.inspection.needle.isEmpty else { return false }
        _ = state.details.inspection.search("")
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        guard state.details.tab == .inspect else { return ContainersPane.find(&state) }
        state.ask(pane, DetailsWord.search, words("search"), text: state.details.inspection.needle, isLive: true)
        return []
    }

    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        guard state.details.tab == .inspect else { return LogsPane.findAgain(direction, &state) }
        // `n` asks for older lines in a log, here for what comes next.
        if state.details.inspection.needle.isEmpty {
            state.tell(.information, words("nothing is searched: / begins"))
        } else if !state.details.inspection.find(-direction) {
            state.tell(.information, words("'\(state.details.inspection.needle)' is not in it"))
        }
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        switch spot {
        case .tab(let name): if let tab = DetailsState.Tab(rawValue: name) { state.details.choose(tab) }
        case .header(let name):
            if let column = ProcessRows.Column(rawValue: name) { state.details.processes.sort(by: column) }
        case .place(let place):
            switch state.details.tab {
            case .inspect:
                state.details.inspection.select(place)
                if isDouble { return open(&state) }
            case .environment: state.details.variable = place
            case .processes: state.details.processes.select(place)
            default: break
            }
        default: break
        }
        return []
    }

    // MARK: What comes back

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        if !state.details.inspection.search(text), isFinal {
            state.tell(.information, words("'\(text)' is not in it"))
        }
        return []
    }

    static func hear(_ word: PaneWord, _ state: inout DashboardState) -> [Effect] {
        switch word.value as? DetailsWord {
        case .sort(let column): state.details.processes.sort(by: column)
        case .signal(let errand):
            guard !state.refuseIfReadOnly(words("signal a process")) else { return [] }
            return [.errand(pane, errand)]
        case .search, nil: break
        }
        return []
    }

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        guard let answer = answer as? DetailsAnswer else { return [] }
        switch answer {
        case .document(let details, let result):
            guard details == state.details.known else { return [] }
            switch result {
            case .success(let document):
                state.details.inspection.replace(document)
                state.details.documentFailure = nil
            case .failure(let error): state.details.documentFailure = error
            }
        case .processes(let id, let result, let moment):
            guard id == state.details.container else { return [] }
            state.details.awaitsProcesses = false
            switch result {
            case .success(let processes):
                state.details.processes.take(processes, at: moment)
                state.details.processFailure = nil
            case .failure(let error):
                state.details.processes.take([], at: moment)
                state.details.processFailure = error
            }
        case .signalled(let pid, let signal, let error):
            if let error {
                state.tell(.failure, words("cannot signal process \(pid): \(error)"))
            } else {
                state.tell(.success, words("sent \(Signals.name(signal)) to process \(pid)"))
            }
            state.details.processesAskedAt = nil
        case .checked(let id, let result):
            state.details.isChecking = false
            state.details.isStale = true
            let name = state.list.byID[id]?.name ?? id.short
            switch result {
            case .success(let probe) where probe.exitCode == 0: state.tell(.success, words("\(name) is well"))
            case .success(let probe):
                state.tell(.failure, words("the check of \(name) ended with exit code \(probe.exitCode)"))
            case .failure(let error): state.tell(.failure, words("cannot check \(name): \(error)"))
            }
        }
        return []
    }

    static func notice(_ events: [Event], _ state: inout DashboardState) {
        guard let id = state.details.container?.rawValue else { return }
        if events.contains(where: { $0.actorID == id && !$0.action.hasPrefix("exec_") }) {
            state.details.isStale = true
        }
    }
}
