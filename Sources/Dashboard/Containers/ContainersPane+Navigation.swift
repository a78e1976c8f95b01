import Engine

/// What navigation needs to know of the containers: what can be done now, what can be copied, where one is.
extension ContainersPane {
    static let changing: Set<Action> = [.startStop, .restart, .pause, .kill, .remove]

    static func obstacle(_ action: Action, _ state: DashboardState) -> String? {
        guard state.focus.keyContexts.contains(.containers) else { return nil }
        switch action {
        case .startStop, .restart, .remove, .inspect, .logs, .graphs:
            return state.list.targets.isEmpty ? none(state) : nil
        case .pause:
            let names = state.list.targets.map(\.state.name)
            return names.contains("running") || names.contains("paused") ? nil : words("it does not run")
        case .kill: return state.list.targets.contains { $0.state.isAlive } ? nil : words("it does not run")
        case .shell, .attach, .shellFull, .attachFull:
            guard let container = state.selected else { return none(state) }
            guard container.state.name == "running" else { return words("it is \(container.state.shownName)") }
            let hasWay = action == .shellFull ? state.canShell : action == .attachFull ? state.canAttach : true
            return hasWay ? nil : words("this dashboard has no way to it")
        case .browse:
            guard let container = state.selected else { return none(state) }
            return container.browserAddresses.isEmpty ? words("it publishes no port") : nil
        default: return nil
        }
    }

    private static func none(_ state: DashboardState) -> String {
        state.list.all.isEmpty ? words("there is no container") : words("no container is selected")
    }

    static func copies(_ state: DashboardState) -> [Copyable] {
        let marked = state.list.targets
        if marked.count > 1 {
            return [
                Copyable(words("names"), marked.map(\.name).joined(separator: "\n")),
                Copyable(words("identifiers"), marked.map(\.id.rawValue).joined(separator: "\n")),
            ]
        }
        guard let container = marked.first ?? state.selected else { return [] }
        return [
            Copyable(words("name"), container.name), Copyable(words("identifier"), container.id.rawValue),
            Copyable(words("image"), container.image),
            Copyable(words("command"), container.command.joined(separator: " ")),
            Copyable(
                words("address"), container.endpoints.compactMap { $0.ipv4.map { "\($0)" } }.joined(separator: " ")),
            Copyable(words("ports"), container.portTexts(arrow: "->").joined(separator: " ")),
            Copyable(words("shell command"), CommandSpelling.line(["exec", "-it", container.name, "sh"])),
        ]
    }

    static func sentence(_ state: DashboardState) -> Sentence? {
        guard let container = state.selected else { return Sentence(none(state)) }
        let usage = state.usage[container.id]
        let parts = [
            container.name, state.list.marks.contains(container.id) ? words("marked") : "",
            state.progress(of: container.id).map { words(for: $0) }
                ?? Format.status(of: container.state, now: state.now),
            container.health.map { words(for: "\($0)") } ?? "", words("image \(container.image)"),
            usage.map { words("CPU \(Format.percent($0.cpu)), memory \(Format.bytes($0.memory))") } ?? "",
            words("\(state.list.index + 1) of \(state.list.rows.count)"),
        ]
        let marks = state.list.marks.contains(container.id) ? words("marked") : ""
        let key = [
            container.id.rawValue, container.state.name, state.progress(of: container.id) ?? "", marks,
            String(state.list.index),
        ]
        return Sentence(parts.filter { !$0.isEmpty }.joined(separator: ", "), key: key.joined(separator: " "))
    }
}
