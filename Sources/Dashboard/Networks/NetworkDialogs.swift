import Engine
import Terminal

/// What is asked before networks are changed.
extension DashboardState {
    // MARK: Removing

    mutating func askRemoveNetworks() {
        guard !refuseIfReadOnly(words("remove networks")) else { return }
        let targets = networks.targets
        guard !targets.isEmpty else { return tell(.information, words("no network is selected")) }
        if let fixed = targets.first(where: \.isPredefined) {
            return tell(.failure, words("cannot remove \(fixed.name): every engine has it"))
        }
        if let used = targets.first(where: { !$0.endpoints.isEmpty }) {
            let who = Self.names(Self.unique(used.endpoints.map(\.containerName)))
            let way =
                keys.key(for: .disconnect).map { words("\(KeyMap.display($0)) takes them off") }
                ?? words("disconnect them first")
            return tell(
                .failure,
                used.members == 1
                    ? words("cannot remove \(used.name): \(who) is on it (\(way))")
                    : words("cannot remove \(used.name): \(who) are on it (\(way))"))
        }
        let remove = ChoiceDialog.Item(
            label: words("Remove"), choice: .change(.removeNetworks(targets.map(ResourceChange.NetworkTarget.init))),
            isDangerous: true)
        dialog = .question(
            words("Remove \(Self.names(targets.map(\.name)))?"),
            [words("Nobody is on it now.")] + waiting(for: targets), [remove])
    }

    /// Containers that do not run and name one of the networks for their next start.
    func waiting(for targets: [Network]) -> [String] {
        let names = Set(targets.flatMap { [$0.name, $0.id.rawValue] })
        let waiting = list.all.filter { !$0.state.isAlive && names.contains($0.networkMode.networkReference ?? "") }
        guard !waiting.isEmpty else { return [] }
        return [words("\(Self.names(waiting.map(\.name))) will not start without it.")]
    }

    mutating func askPruneNetworks() {
        guard !refuseIfReadOnly(words("remove networks")) else { return }
        let unused = networks.all.filter { !$0.isPredefined && $0.endpoints.isEmpty }
        guard !unused.isEmpty else { return tell(.information, words("every network is in use or the engine's own")) }
        let remove = ChoiceDialog.Item(
            label: words("Remove \(Format.count(unused.count, "network"))"),
            choice: .change(.removeNetworks(unused.map(ResourceChange.NetworkTarget.init))), isDangerous: true)
        dialog = .question(
            words("Remove all networks that nobody is on?"),
            ["\(words("These would go:")) " + unused.map(\.name).joined(separator: ", ")] + waiting(for: unused),
            [remove])
    }

    // MARK: Making

    /// Enter in a line that asks for something of a new network.
    mutating func makeNetwork(_ word: NetworkWord, _ text: String) -> [Effect] {
        switch word {
        case .name:
            guard !text.isEmpty else {
                tell(.information, words("a network needs a name"))
                return []
            }
            ask(.networks, NetworkWord.addresses(name: text), words("subnet, internal, ipv6; all may be left out"))
        case .addresses(let name):
            switch Self.networkSpec(name, text) {
            case .success(let spec): return carryOut(.createNetwork(spec))
            case .failure(let error):
                ask(.networks, word, words("subnet, internal, ipv6; all may be left out"), text: text)
                tell(.failure, "\(error)")
            }
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
                            .invalidArgument, words("\"\(word)\" is no subnet"),
                            hint: words("such as 172.20.0.0/16 or fd00:20::/64; or internal, or ipv6")))
                }
                spec.subnets.append(NetworkSpec.Subnet(prefix: prefix))
                if !prefix.address.isIPv4 { spec.ipv6 = true }
            }
        }
        return .success(spec)
    }

    // MARK: Who is on a network

    mutating func askConnect() {
        guard !refuseIfReadOnly(words("change networks")) else { return }
        guard let network = networks.selected else { return tell(.information, words("no network is selected")) }
        let present = Set(network.endpoints.map(\.containerID))
        let others = list.all.filter { !present.contains($0.id) && $0.networkMode.isOwnNamespace }
        askWho(words("Put on \(network.name)"), others.map { ($0.id, $0.name, $0.state.name) }) {
            .connect($0, ResourceChange.NetworkTarget(network))
        }
    }

    mutating func askDisconnect() {
        guard !refuseIfReadOnly(words("change networks")) else { return }
        guard let network = networks.selected else { return tell(.information, words("no network is selected")) }
        let present = network.endpoints.map { ($0.containerID, $0.containerName, "\($0.interface)") }
        askWho(words("Take off \(network.name)"), present) { .disconnect($0, ResourceChange.NetworkTarget(network)) }
    }

    private mutating func askWho(
        _ title: String, _ containers: [(id: ContainerID, name: String, note: String)],
        _ change: (Effect.Target) -> ResourceChange
    ) {
        guard !containers.isEmpty else { return tell(.information, words("there is no container for that")) }
        let items = containers.sorted { NaturalOrder($0.name) < NaturalOrder($1.name) }.map {
            ChoiceDialog.Item(
                label: $0.name, note: $0.note, choice: .change(change(Effect.Target(id: $0.id, name: $0.name))))
        }
        dialog = ChoiceDialog(
            kind: .list, title: title, items: [ChoiceDialog.Item(label: words("Cancel"), choice: .cancel)] + items)
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
