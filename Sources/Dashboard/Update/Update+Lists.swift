import Engine

extension DashboardState {
    mutating func receive(_ result: Result<[Container], EngineError>) -> [Effect] {
        list.receive(result)
        switch result {
        case .success(let containers):
            imageList.count(list.all)
            let fresh = containers.map(\.id).filter { list.traces[$0] == nil }
            return fresh.isEmpty ? [] : [.traces(fresh)]
        case .failure(let error):
            tell(.failure, words("cannot list containers: \(error)"))
            return []
        }
    }

    /// Tables show how old things are, and what is measured.
    mutating func followFacts() {
        let (now, usage, cpuCount) = (now, usage, host.cpuCount)
        func change(_ facts: inout RowFacts) {
            facts.now = now
            facts.usage = usage
            facts.cpuCount = cpuCount
        }
        list.table.follow(change)
        imageList.table.follow(change)
        networks.follow(change)
        volumes.follow(change)
    }

    /// One container was loaded again; what changed meanwhile is loaded once more.
    mutating func receive(_ id: ContainerID, _ result: Result<Container, EngineError>) -> [Effect] {
        list.reloading.remove(id)
        var effects: [Effect] = []
        switch result {
        case .success(let container):
            let old = list.byID[id]
            list.put(container)
            if old == nil { effects.append(.traces([id])) }
            if awaitedContainer == id { showAwaited(container) }
            effects += followUp(old, container)
        case .failure(let error):
            if error.code == .notFound {
                list.remove(id)
                if awaitedContainer == id {
                    awaitedContainer = nil
                    tell(.information, words("\(id.short) has ended and is removed"))
                }
            } else {
                tell(.failure, words("cannot look at \(list.byID[id]?.name ?? id.short): \(error)"))
            }
        }
        imageList.count(list.all)
        if list.reloadAgain.remove(id) != nil { effects += reload(id) }
        return effects
    }

    /// The shown container has changed: its details are read again.
    private mutating func followUp(_ old: Container?, _ new: Container) -> [Effect] {
        var effects: [Effect] = []
        if old != new, details.container == new.id, layout.shows(.details) {
            effects.append(.inspect(new.id))
            if !new.state.isAlive { details.processes = ProcessRows() }
        }
        return effects
    }

    mutating func receive(_ result: Result<[Image], EngineError>) {
        imageList.receive(result)
        switch result {
        case .success: noteImages()
        case .failure(let error): tell(.failure, words("cannot list images: \(error)"))
        }
    }

    /// Each event reloads what it is about, once however many there are.
    mutating func receive(_ events: [Event]) -> [Effect] {
        for kind in PaneList.all { kind.notice(events, &self) }
        var changed: [ContainerID] = []
        var images = false
        for event in events {
            switch event.type {
            case .image: images = true
            case .container:
                let id = ContainerID(rawValue: event.actorID)
                noteResourceUse(event.action)
                if event.action == "destroy" {
                    list.remove(id)
                    imageList.count(list.all)
                    changed.removeAll { $0 == id }
                } else if !event.action.hasPrefix("exec_"), event.action != "attach", !changed.contains(id) {
                    changed.append(id)
                }
            case .network: receiveNetworkEvent(event, &changed)
            case .volume: receiveVolumeEvent(event)
            // What is built here tells of itself; an image that is built elsewhere is an image's event.
            case .builder: break
            }
        }
        var effects: [Effect] = images ? [.loadImages] : []
        if changed.count > 30 {
            effects.append(.loadContainers)
        } else {
            for id in changed { effects += reload(id) }
        }
        return effects
    }

    /// Reads one container again; what changes meanwhile is read once more.
    mutating func reload(_ id: ContainerID) -> [Effect] {
        guard list.reloading.insert(id).inserted else {
            list.reloadAgain.insert(id)
            return []
        }
        return [.loadContainer(id)]
    }
}
