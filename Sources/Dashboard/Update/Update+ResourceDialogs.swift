import Engine
import Terminal

/// What is asked before networks and volumes are changed.
extension DashboardState {
    // MARK: Removing

    mutating func askRemoveNetworks() {
        let targets = networks.targets
        guard !targets.isEmpty else { return tell(.information, "no network is selected") }
        if let fixed = targets.first(where: \.isPredefined) {
            return tell(.failure, "cannot remove \(fixed.name): every engine has it")
        }
        if let used = targets.first(where: { !$0.endpoints.isEmpty }) {
            let who = Self.names(Self.unique(used.endpoints.map(\.containerName)))
            let way =
                keys.key(for: .disconnect).map { "\(KeyMap.display($0)) takes them off" } ?? "disconnect them first"
            return tell(
                .failure, "cannot remove \(used.name): \(who) \(used.members == 1 ? "is" : "are") on it (\(way))")
        }
        let remove = ChoiceDialog.Item(
            label: "Remove", choice: .change(.removeNetworks(targets.map(ResourceChange.NetworkTarget.init))),
            isDangerous: true)
        dialog = .question(
            "Remove \(Self.names(targets.map(\.name)))?", ["Nobody is on it now."] + waiting(for: targets), [remove])
    }

    /// Containers that do not run and name one of the networks for their next start.
    private func waiting(for targets: [Network]) -> [String] {
        let names = Set(targets.flatMap { [$0.name, $0.id.rawValue] })
        let waiting = list.all.filter { !$0.state.isAlive && names.contains($0.networkMode.networkReference ?? "") }
        guard !waiting.isEmpty else { return [] }
        return ["\(Self.names(waiting.map(\.name))) will not start without it."]
    }

    mutating func askRemoveVolumes() {
        let targets = volumes.targets
        guard !targets.isEmpty else { return tell(.information, "no volume is selected") }
        if let used = targets.first(where: { !$0.users.isEmpty }) {
            let who = Self.names(used.users)
            return tell(
                .failure,
                "cannot remove \(used.shownName): \(who) \(used.users.count == 1 ? "mounts" : "mount") it (remove "
                    + "\(used.users.count == 1 ? "that container" : "those containers") first)")
        }
        let remove = ChoiceDialog.Item(
            label: "Remove", choice: .change(.removeVolumes(targets.map(\.name))), isDangerous: true)
        dialog = .question(
            "Remove \(Self.names(targets.map(\.shownName)))?", ["What is in it is lost\(Self.amount(targets))."],
            [remove])
    }

    // MARK: Pruning

    mutating func askPruneNetworks() {
        let unused = networks.all.filter { !$0.isPredefined && $0.endpoints.isEmpty }
        guard !unused.isEmpty else { return tell(.information, "every network is in use or the engine's own") }
        let remove = ChoiceDialog.Item(
            label: "Remove \(Format.count(unused.count, "network"))",
            choice: .change(.removeNetworks(unused.map(ResourceChange.NetworkTarget.init))), isDangerous: true)
        dialog = .question(
            "Remove all networks that nobody is on?",
            ["These would go: " + unused.map(\.name).joined(separator: ", ")] + waiting(for: unused), [remove])
    }

    /// As `volume prune` does, the anonymous ones alone; or all, as with `--all`.
    mutating func askPruneVolumes() {
        let unused = volumes.all.filter(\.users.isEmpty)
        guard !unused.isEmpty else { return tell(.information, "every volume is in use") }
        let anonymous = unused.filter(\.isAnonymous)
        func item(_ volumes: [Volume], _ label: String) -> ChoiceDialog.Item {
            ChoiceDialog.Item(
                label: label, note: Self.amount(volumes, ""), choice: .change(.removeVolumes(volumes.map(\.name))),
                isDangerous: true)
        }
        var items = [ChoiceDialog.Item(label: "Cancel", choice: .cancel)]
        if !anonymous.isEmpty { items.append(item(anonymous, "Remove \(anonymous.count) anonymous")) }
        if anonymous.count < unused.count { items.append(item(unused, "Remove all \(unused.count) unused")) }
        dialog = ChoiceDialog(
            kind: .list, title: "Remove volumes that nobody mounts?",
            text: ["These would go: " + unused.map(\.shownName).joined(separator: ", ")], items: items)
    }

    /// `, 12.3MB`, as far as it is known.
    private static func amount(_ volumes: [Volume], _ separator: String = ", ") -> String {
        let sizes = volumes.compactMap(\.size)
        guard !sizes.isEmpty else { return "" }
        let sum = Format.decimalBytes(sizes.reduce(0) { $0 + Double($1) })
        return separator + (sizes.count < volumes.count ? "at least \(sum)" : sum)
    }

    // MARK: Making

    /// Enter in a line that asks for something new.
    mutating func submit(_ prompt: Prompt) -> [Effect] {
        let text = prompt.text.split(separator: " ").joined(separator: " ")
        switch prompt.purpose {
        case .volumeName: return carryOut(.createVolume(VolumeSpec(name: text.isEmpty ? nil : text)))
        case .networkName:
            if text.isEmpty {
                tell(.information, "a network needs a name")
            } else {
                openPrompt(.networkAddresses(name: text))
            }
        case .networkAddresses(let name):
            switch Self.networkSpec(name, text) {
            case .success(let spec): return carryOut(.createNetwork(spec))
            case .failure(let error):
                self.prompt = prompt
                tell(.failure, "\(error)")
            }
        case .pullName, .searchRegistry, .tagName, .pushName: return submitName(prompt.purpose, text)
        case .pane(let pane, let word, _, _):
            return inside(pane) { pane.kind.hear(word, text: prompt.text, isFinal: true, &$0) }
        case .layoutName: saveLayout(text)
        case .pageName: renamePage(text)
        case .filterContainers, .filterImages, .filterNetworks, .filterVolumes:
            break
        }
        return []
    }

    /// Reads `172.20.0.0/16 fd00:20::/64 internal ipv6`, in any order.
    static func networkSpec(_ name: String, _ text: String) -> Result<NetworkSpec, EngineError> {
        var spec = NetworkSpec(name: name)
        for word in text.split(separator: " ") {
            switch word.lowercased() {
            case "internal": spec.isInternal = true
            case "ipv6": spec.ipv6 = true
            default:
                guard let prefix = IPPrefix(String(word)) else {
                    return .failure(
                        EngineError(
                            .invalidArgument, "\"\(word)\" is no subnet",
                            hint: "such as 172.20.0.0/16 or fd00:20::/64; or internal, or ipv6"))
                }
                spec.subnets.append(NetworkSpec.Subnet(prefix: prefix))
                if !prefix.address.isIPv4 { spec.ipv6 = true }
            }
        }
        return .success(spec)
    }

    // MARK: Who is on a network

    mutating func askConnect() {
        guard let network = networks.selected else { return tell(.information, "no network is selected") }
        let present = Set(network.endpoints.map(\.containerID))
        let others = list.all.filter { !present.contains($0.id) && $0.networkMode.isOwnNamespace }
        askWho("Put on \(network.name)", others.map { ($0.id, $0.name, $0.state.name) }) {
            .connect($0, ResourceChange.NetworkTarget(network))
        }
    }

    mutating func askDisconnect() {
        guard let network = networks.selected else { return tell(.information, "no network is selected") }
        let present = network.endpoints.map { ($0.containerID, $0.containerName, "\($0.interface)") }
        askWho("Take off \(network.name)", present) { .disconnect($0, ResourceChange.NetworkTarget(network)) }
    }

    private mutating func askWho(
        _ title: String, _ containers: [(id: ContainerID, name: String, note: String)],
        _ change: (Effect.Target) -> ResourceChange
    ) {
        guard !containers.isEmpty else { return tell(.information, "there is no container for that") }
        let items = containers.sorted { NaturalOrder($0.name) < NaturalOrder($1.name) }.map {
            ChoiceDialog.Item(
                label: $0.name, note: $0.note, choice: .change(change(Effect.Target(id: $0.id, name: $0.name))))
        }
        dialog = ChoiceDialog(
            kind: .list, title: title, items: [ChoiceDialog.Item(label: "Cancel", choice: .cancel)] + items)
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
