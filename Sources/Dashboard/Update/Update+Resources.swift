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
            networks.markStale()
            volumes.markStale()
        default: break
        }
    }

    mutating func receiveNetworkEvent(_ event: Event, _ changed: inout [ContainerID]) {
        networks.markStale()
        // The container's own row shows where it is.
        guard event.action == "connect" || event.action == "disconnect", let id = event.attributes["container"] else {
            return
        }
        let container = ContainerID(rawValue: id)
        if list.byID[container] != nil, !changed.contains(container) { changed.append(container) }
    }

    mutating func receiveVolumeEvent(_ event: Event) {
        volumes.markStale()
        if event.action == "create" || event.action == "destroy" { volumeCount.markStale() }
    }

    /// Begins a change; the footer says so until it is done.
    mutating func carryOut(_ change: ResourceChange) -> [Effect] {
        switch change {
        case .removeNetworks(let targets): tell(.information, "removing \(Self.names(targets.map(\.name)))")
        case .removeVolumes(let names): tell(.information, "removing \(Self.names(names))")
        case .createNetwork(let spec): tell(.information, "making network \(spec.name)")
        case .createVolume: tell(.information, "making a volume")
        case .connect(let container, let network):
            tell(.information, "connecting \(container.name) to \(network.name)")
        case .disconnect(let container, let network):
            tell(.information, "disconnecting \(container.name) from \(network.name)")
        }
        return [.change(change)]
    }

    private mutating func receive(_ change: ResourceChange, _ outcomes: [ResourceChange.Outcome]) -> [Effect] {
        let words = change.words
        let good = outcomes.filter { $0.error == nil }.map(\.name)
        tellOutcome(
            verb: words.verb, done: words.done, noun: words.noun, good: good,
            bad: outcomes.filter { $0.error != nil }.map { ($0.name, $0.error) })
        switch change {
        case .removeNetworks(let targets):
            networks.remove(Set(targets.filter { good.contains($0.name) }.map(\.id)))
            networks.markStaleAtOnce()
        case .removeVolumes:
            volumes.remove(Set(good))
            volumes.markStaleAtOnce()
        case .createNetwork: networks.markStaleAtOnce()
        case .createVolume:
            volumes.markStaleAtOnce()
            volumeCount.markStale()
        case .connect(let container, _), .disconnect(let container, _):
            networks.markStaleAtOnce()
            return good.isEmpty ? [] : reload(container.id)
        }
        return []
    }

    /// J and K scroll what is told of the selected one.
    mutating func scrollResource(_ step: Int) {
        guard let rect = layout.rect(of: focus) else { return }
        let height = max(1, ResourcePane.parts(rect).details.height - 2)
        func scrolled(_ scroll: Int, _ count: Int) -> Int {
            let (sum, overflow) = scroll.addingReportingOverflow(step)
            return ScrollMath.clamp(overflow ? .max : sum, height: height, count: count)
        }
        if focus == .images {
            imageList.detailScroll = scrolled(imageList.detailScroll, ImagesPane.lines(self).count)
        } else if focus == .networks {
            networks.detailScroll = scrolled(networks.detailScroll, NetworksPane.lines(self).count)
        } else {
            volumes.detailScroll = scrolled(volumes.detailScroll, VolumesPane.lines(self).count)
        }
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
