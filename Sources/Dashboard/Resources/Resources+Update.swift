import Engine
import Terminal

/// Networks and volumes: reading them while they are shown, and what came of changing them.
extension DashboardState {
    mutating func receiveResources(_ message: Message) -> [Effect] {
        switch message {
        case .networks(let result): networks.receive(result)
        case .volumes(let result): volumes.receive(result.map(volumeCount.filling))
        case .volumesCounted(let result):
            volumeCount.receive(result, now: now)
            volumes.replace(volumeCount.filling(volumes.all.map { $0.withoutSize }))
        case .changed(let change, let outcomes): return receive(change, outcomes)
        default: break
        }
        return []
    }

    /// A container came, went, started or ended: who is on what may be otherwise.
    mutating func noteResourceUse(_ action: String) {
        switch action {
        case "start", "die", "create", "destroy", "rename":
            networks.freshness.markStale()
            volumes.freshness.markStale()
        default: break
        }
    }

    mutating func receiveNetworkEvent(_ event: Event, _ changed: inout [ContainerID]) {
        networks.freshness.markStale()
        // The container's own row shows where it is.
        guard event.action == "connect" || event.action == "disconnect", let id = event.attributes["container"] else {
            return
        }
        let container = ContainerID(rawValue: id)
        if list.byID[container] != nil, !changed.contains(container) { changed.append(container) }
    }

    mutating func receiveVolumeEvent(_ event: Event) {
        volumes.freshness.markStale()
        if event.action == "create" || event.action == "destroy" { volumeCount.markStale() }
    }

    /// Begins a change; the footer says so until it is done.
    mutating func carryOut(_ change: ResourceChange) -> [Effect] {
        guard !refuseIfReadOnly(words("\(change.sentence.verb) here")) else { return [] }
        switch change {
        case .removeNetworks(let targets): tell(.information, words("removing \(Self.names(targets.map(\.name)))"))
        case .removeVolumes(let names): tell(.information, words("removing \(Self.names(names))"))
        case .createNetwork(let spec): tell(.information, words("making network \(spec.name)"))
        case .createVolume: tell(.information, words("making a volume"))
        case .connect(let container, let network):
            tell(.information, words("connecting \(container.name) to \(network.name)"))
        case .disconnect(let container, let network):
            tell(.information, words("disconnecting \(container.name) from \(network.name)"))
        }
        return [.change(change)]
    }

    private mutating func receive(_ change: ResourceChange, _ outcomes: [ResourceChange.Outcome]) -> [Effect] {
        let phrases = change.sentence
        let good = outcomes.filter { $0.error == nil }.map(\.name)
        tellOutcome(
            verb: phrases.verb, done: phrases.done, noun: phrases.noun, good: good,
            bad: outcomes.filter { $0.error != nil }.map { ($0.name, $0.error) })
        switch change {
        case .removeNetworks(let targets):
            networks.remove(Set(targets.filter { good.contains($0.name) }.map(\.id)))
            networks.freshness.markStaleAtOnce()
        case .removeVolumes:
            volumes.remove(Set(good))
            volumes.freshness.markStaleAtOnce()
        case .createNetwork: networks.freshness.markStaleAtOnce()
        case .createVolume:
            volumes.freshness.markStaleAtOnce()
            volumeCount.markStale()
        case .connect(let container, _), .disconnect(let container, _):
            networks.freshness.markStaleAtOnce()
            return good.isEmpty ? [] : reload(container.id)
        }
        return []
    }
}

extension Volume {
    /// Before it was counted.
    fileprivate var withoutSize: Volume {
        var volume = self
        volume.size = nil
        return volume
    }
}
