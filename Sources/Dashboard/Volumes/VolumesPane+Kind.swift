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

extension VolumesPane: TablePane {
    static let pane = Pane.volumes
    static let title = "Volumes"
    static let shortcuts: [(action: Action, column: String)] = [
        (.sortName, "name"), (.sortCPU, "used"), (.sortMemory, "size"), (.sortAge, "created"), (.sortState, "driver"),
    ]

    static var listing: WritableKeyPath<DashboardState, Listing<Volume>> { \.volumes }
    static func id(_ text: String) -> String { text }
    static func text(_ id: String) -> String { id }
    static func tableRect(_ pane: Rect) -> Rect { ResourcePane.parts(pane).table }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        if action == .volumes {
            state.open(.volumes)
            return []
        }
        return state.focus == pane ? actOnList(action, &state) : nil
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        scrollDetails(step, count: lines(state).count, &state)
    }

    static let deeper = "containers"

    static func open(_ state: inout DashboardState) -> [Effect] {
        if let volume = state.volumes.selected { state.showContainers("-v \(volume.name)") }
        return []
    }

    static func bulk(_ state: DashboardState) -> [BulkChoice] {
        let unused = scope(state).filter(\.users.isEmpty)
        let marked = state.volumes.targets.filter { state.volumes.marks.contains($0.id) && $0.users.isEmpty }
        func choice(_ label: String, _ rows: [Volume]) -> BulkChoice {
            BulkChoice(
                label, words("Remove"), rows,
                loss: words("What is in them is lost\(DashboardState.amount(rows)).")
            ) { $0.name }
        }
        return [
            choice(words("Remove the marked that nobody mounts"), marked),
            choice(words("Remove all anonymous that nobody mounts"), unused.filter(\.isAnonymous)),
            choice(words("Remove all that nobody mounts"), unused),
        ]
    }

    static func carryOut(_ choice: BulkChoice, _ state: inout DashboardState) -> [Effect] {
        state.carryOut(.removeVolumes(choice.ids))
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        settleTable(rect, &state)
        guard rect != nil else {
            guard state.volumeCount.isCounting else { return [] }
            state.volumeCount.stop()
            return [.stopCounting]
        }
        var effects: [Effect] = state.volumes.freshness.begin(state.now) ? [.loadVolumes] : []
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
    static let menu: [Action] = [
        .create, .remove, .prune, .bulk, .open, .filter, .sort, .columns, .wide, .group, .showStopped, .mark,
        .markRange, .markAll,
    ]

    static func subject(_ state: DashboardState) -> String { state.volumes.selected?.shownName ?? title }

    private static func actOnList(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .create:
            if !state.refuseIfReadOnly(words("make volumes")) {
                state.ask(pane, VolumeWord.name, words("new volume's name, empty for an anonymous one"))
            }
        case .prune: state.askPruneVolumes()
        case .remove: state.askRemoveVolumes()
        default: return actOnTable(action, &state)
        }
        return []
    }

    static func hearLine(_ word: PaneWord, _ text: String, _ state: inout DashboardState) -> [Effect] {
        let name = text.split(separator: " ").joined(separator: " ")
        return state.carryOut(.createVolume(VolumeSpec(name: name.isEmpty ? nil : name)))
    }
}

/// What is asked for before a volume is made.
enum VolumeWord: Hashable, Sendable {
    case name
}
