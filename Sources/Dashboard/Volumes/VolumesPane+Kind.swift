import Engine
import Terminal

extension Pane {
    static let volumes = Pane("volumes")
}

extension ViewName {
    static let volumes = ViewName("volumes")
}

extension KeyContext {
    static let volumes = KeyContext("volumes", "Volumes")
}

extension Action {
    static let volumes = Action("volumes")
}

extension VolumesPane: PaneKind {
    static let pane = Pane.volumes
    static let title = "Volumes"

    static func height(_ state: DashboardState, _ rect: Rect) -> Int {
        max(0, ResourcePane.parts(rect).table.height - 3)
    }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) {
        (state.volumes.marks.count, state.volumes.filter.text)
    }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        if action == .volumes {
            state.open(.volumes)
            return []
        }
        return state.focus == pane ? actOnList(action, &state) : nil
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.volumes.move(step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state.volumes.select(edge == .top ? 0 : .max)
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.scrollResource(step)
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        if !state.volumes.marks.isEmpty {
            state.volumes.marks = []
        } else if !state.volumes.filter.isEmpty {
            state.volumes.narrow("")
        } else {
            return false
        }
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.openPrompt(.filterVolumes)
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        if let volume = state.volumes.selected { state.showContainers("-v \(volume.name)") }
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        switch spot {
        case .header(let name): VolumeColumn(rawValue: name).map { state.volumes.order(by: $0) }
        case .row(let name):
            state.focus = .volumes
            state.volumes.select(name)
            if isDouble { return open(&state) }
        default: break
        }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        state.volumes.keepVisible(rect.map { height(state, $0) } ?? 0)
        guard rect != nil else {
            guard state.volumeCount.isCounting else { return [] }
            state.volumeCount.stop()
            return [.stopCounting]
        }
        var effects: [Effect] = state.volumes.beginLoading(state.now) ? [.loadVolumes] : []
        if state.volumes.isLoaded, !state.volumes.all.isEmpty, state.volumeCount.begin(state.now) {
            effects.append(.countVolumes)
        }
        return effects
    }
}

extension VolumesPane {
    static let contexts: [KeyContext] = [.volumes, .resources, .tables, .everywhere]
    static let views = [ViewDefinition(.volumes, "Volumes", short: "Vols", .volumes)]
    static let opening = [KeyBinding(.volumes, .everywhere, ["4"], "volumes")]
    static let menu: [Action] = [.create, .remove, .prune, .open, .sort, .filter, .mark, .markAll]

    static func subject(_ state: DashboardState) -> String { state.volumes.selected?.shownName ?? title }

    private static func actOnList(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .create: state.openPrompt(.volumeName)
        case .prune: state.askPruneVolumes()
        case .remove: state.askRemoveVolumes()
        case .mark:
            state.volumes.toggleMark()
            state.volumes.move(1)
        case .markAll: state.volumes.markAll()
        case .unmark: state.volumes.marks = []
        case .sort:
            state.dialog = ChoiceDialog.sorting(VolumeColumn.allCases, state.volumes.sort.column, \.title) {
                .sortVolumes($0)
            }
        case .sortName: state.volumes.order(by: .name)
        case .sortCPU: state.volumes.order(by: .used)
        case .sortMemory: state.volumes.order(by: .size)
        case .sortAge: state.volumes.order(by: .created)
        case .sortState: state.volumes.order(by: .driver)
        default: return nil
        }
        return []
    }
}
