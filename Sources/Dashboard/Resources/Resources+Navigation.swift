import Engine

/// What navigation needs to know of networks and volumes.
extension NetworksPane {
    static let changing: Set<Action> = [.connect, .disconnect, .create, .remove, .prune]

    static func obstacle(_ action: Action, _ state: DashboardState) -> String? {
        guard state.focus == pane else { return nil }
        switch action {
        case .connect, .disconnect, .remove, .open:
            return state.networks.targets.isEmpty ? words("no network is selected") : nil
        default: return nil
        }
    }

    static func copies(_ state: DashboardState) -> [Copyable] {
        guard let network = state.networks.selected else { return [] }
        return [
            Copyable(words("name"), network.name), Copyable(words("identifier"), network.id.rawValue),
            Copyable(words("subnets"), network.spec.subnets.map { "\($0.prefix)" }.joined(separator: " ")),
            Copyable(words("containers"), network.endpoints.map(\.containerName).joined(separator: "\n")),
        ]
    }

    static func sentence(_ state: DashboardState) -> Sentence? {
        guard let network = state.networks.selected else { return Sentence(words("there is no network here")) }
        let subnets = network.spec.subnets.map { "\($0.prefix)" }.joined(separator: ", ")
        let count = Format.count(network.endpoints.count, "container")
        let place = words("\(state.networks.index + 1) of \(state.networks.rows.count)")
        return Sentence(
            "\(network.name), \(network.spec.driver), \(subnets), \(count), \(place)", key: network.id.rawValue)
    }
}

extension VolumesPane {
    static let changing: Set<Action> = [.create, .remove, .prune]

    static func obstacle(_ action: Action, _ state: DashboardState) -> String? {
        guard state.focus == pane, action == .remove || action == .open else { return nil }
        return state.volumes.targets.isEmpty ? words("no volume is selected") : nil
    }

    static func copies(_ state: DashboardState) -> [Copyable] {
        guard let volume = state.volumes.selected else { return [] }
        return [Copyable(words("name"), volume.name), Copyable(words("path"), volume.mountpoint)]
    }

    static func sentence(_ state: DashboardState) -> Sentence? {
        guard let volume = state.volumes.selected else { return Sentence(words("there is no volume here")) }
        let size = volume.size.map { Format.decimalBytes(Double($0)) } ?? words("not counted yet")
        let place = words("\(state.volumes.index + 1) of \(state.volumes.rows.count)")
        return Sentence("\(volume.shownName), \(volume.driver), \(size), \(place)", key: volume.name)
    }
}
