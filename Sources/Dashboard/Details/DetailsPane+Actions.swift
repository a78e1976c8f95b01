import Engine
import Terminal

/// What keys do in the details, and what they need on the screen.
extension DetailsPane {
    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .details: state.open(.details)
        case .inspect, .inspectYAML:
            if let effects = InspectPane.inspectSelected(action, &state) { return effects }
            showDocument(action == .inspect ? .tree : .yaml, &state)
        default: return state.focus == pane ? actHere(action, &state) : nil
        }
        return []
    }

    /// Asked for again where it is shown, it becomes a tree again.
    private static func showDocument(_ wanted: Inspection.Look, _ state: inout DashboardState) {
        let isShown = state.focus == pane && state.details.tab == .inspect
        let look = isShown && state.details.inspection.look == wanted ? .tree : wanted
        state.details.choose(.inspect)
        state.details.inspection.show(look)
        state.open(.details)
    }

    private static func actHere(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .inspectJSON: showDocument(.json, &state)
        case .inspectFold: state.details.inspection.toggle()
        case .inspectFoldAll: state.details.inspection.toggleAll()
        case .copyValue: return copyValue(&state)
        case .copyPath:
            guard state.details.tab == .inspect, let path = state.details.inspection.selectedPath else { return [] }
            return state.copy(Document.text(of: path))
        case .showSecrets:
            state.details.showsSecrets.toggle()
            if state.details.tab != .environment { state.details.choose(.environment) }
        case .processTree: state.details.processes.toggleTree()
        case .processSort: askSort(&state)
        case .signalProcess:
            guard state.details.tab == .processes else { return ContainersPane.act(.kill, &state) }
            askSignal(&state)
        case .checkHealth: return checkHealth(&state)
        default: return nil
        }
        return []
    }

    private static func copyValue(_ state: inout DashboardState) -> [Effect] {
        switch state.details.tab {
        case .inspect: return state.details.inspection.selectedValue.map { state.copy($0) } ?? []
        case .environment:
            let rows = EnvironmentRows(state.details.known?.environment ?? []).rows
            guard rows.indices.contains(state.details.variable) else { return [] }
            let row = rows[state.details.variable]
            // What is covered is not shown by way of the footer either.
            return state.copy(row.value, calling: row.name)
        case .processes: return state.details.processes.selected.map { state.copy($0.command) } ?? []
        default: return []
        }
    }

    private static func askSort(_ state: inout DashboardState) {
        let columns = ProcessRows.Column.allCases
        state.dialog = ChoiceDialog(
            kind: .list, title: words("Sort by"),
            items: columns.map { column in
                ChoiceDialog.Item(
                    label: "\(words(for: column.title).prefix(1))\(words(for: column.title).dropFirst().lowercased())",
                    choice: .tell(pane, PaneWord(DetailsWord.sort(column))))
            }, selected: columns.firstIndex(of: state.details.processes.column) ?? 0)
    }

    private static func askSignal(_ state: inout DashboardState) {
        guard let container = state.details.container, let process = state.details.processes.selected else {
            return state.tell(.information, words("no process is selected"))
        }
        guard !state.refuseIfReadOnly(words("signal a process")) else { return }
        let items = Signals.offered.map { signal in
            ChoiceDialog.Item(
                label: signal.name, note: words(for: signal.help),
                choice: .tell(
                    pane,
                    PaneWord(
                        DetailsWord.signal(
                            SignalProcess(
                                container: container, pid: process.pid, startTicks: process.startTicks,
                                signal: signal.number)))),
                isDangerous: true)
        }
        var text = [RowList.cell(process.command, 60).trimmedAtEnd]
        if process.innerPID == 1 {
            text.append(words("It is the container's first process: its end is the container's."))
        }
        state.dialog = ChoiceDialog(
            kind: .list, title: words("Signal process \(process.pid)?"), text: text,
            items: [ChoiceDialog.Item(label: words("Cancel"), choice: .cancel)] + items)
    }

    private static func checkHealth(_ state: inout DashboardState) -> [Effect] {
        guard let container = state.selected else { return [] }
        guard state.details.known?.healthCheck?.command != nil else {
            state.tell(.information, words("nothing checks \(container.name)"))
            return []
        }
        guard !state.refuseIfReadOnly(words("run a health check")) else { return [] }
        state.details.isChecking = true
        state.tell(.information, words("checking \(container.name)"))
        return [.errand(pane, CheckHealth(id: container.id))]
    }

    // MARK: What is on the screen gets what it needs

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        guard let rect, let id = state.list.selected else { return [] }
        var effects: [Effect] = []
        if state.details.container != id {
            state.details.begin(id)
            effects.append(.inspect(id))
        } else if state.details.isStale {
            state.details.isStale = false
            effects.append(.inspect(id))
        }
        if state.details.tab == .inspect, let details = state.details.known, details != state.details.documented {
            state.details.documented = details
            effects.append(.errand(pane, MakeDocument(details: details)))
        }
        if wantsProcesses(id, state) {
            state.details.awaitsProcesses = true
            state.details.processesAskedAt = state.now
            effects.append(.errand(pane, ReadProcesses(id: id)))
        }
        let height = height(state, rect)
        switch state.details.tab {
        case .inspect: state.details.inspection.keepVisible(height)
        case .environment:
            state.details.variableScroll = ScrollMath.keeping(
                state.details.variable, in: height, of: state.details.known?.environment.count ?? 0,
                scroll: state.details.variableScroll)
        case .processes: state.details.processes.keepVisible(height)
        default: break
        }
        return effects
    }

    private static func wantsProcesses(_ id: ContainerID, _ state: DashboardState) -> Bool {
        guard state.details.tab == .processes, !state.details.awaitsProcesses,
            state.list.byID[id]?.state.isAlive == true
        else { return false }
        return state.details.processesAskedAt.map { state.now != $0 } ?? true
    }
}

extension DashboardState {
    /// Puts a text into the clipboard and says so.
    mutating func copy(_ text: String, calling name: String? = nil) -> [Effect] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        let what =
            name.map { words("the value of \($0)") }
            ?? (lines > 2 ? Format.count(lines - 1, "line") : RowList.cell(text, 60).trimmedAtEnd)
        tell(.success, text.isEmpty ? words("there is nothing to copy") : words("copied \(what)"))
        return text.isEmpty ? [] : [.copy(text)]
    }

    /// Goes to the container, image, network or volume that a value names.
    mutating func jump(toWhatIsNamed value: String) -> [Effect] {
        if let container = list.all.first(where: { $0.id.rawValue == value || $0.name == value }),
            container.id != list.selected
        {
            list.reveal(container.id)
            open(.containers)
        } else if let image = imageList.all.first(where: { $0.id.rawValue == value || $0.tags.contains(value) }) {
            imageList.select(image.id)
            open(.images)
        } else if let network = networks.all.first(where: { $0.name == value || $0.id.rawValue == value }) {
            networks.select(network.id)
            open(.networks)
        } else if let volume = volumes.all.first(where: { $0.name == value }) {
            volumes.select(volume.id)
            open(.volumes)
        } else {
            tell(.information, words("this names nothing that could be shown"))
        }
        return []
    }
}

extension String {
    /// Without blanks at its end.
    var trimmedAtEnd: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
