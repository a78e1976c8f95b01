import Engine
import Terminal

extension DashboardState {
    /// After every step: what is on the screen gets what it needs, what has left it stops costing anything.
    mutating func settle() -> [Effect] {
        let layout = layout
        list.keepVisible(tableHeight(.containers))
        imageList.keepVisible(tableHeight(.images))
        networks.keepVisible(tableHeight(.networks))
        volumes.keepVisible(tableHeight(.volumes))
        return settleLog(layout) + settleDetails(layout) + settleGraphs(layout) + settleImage(layout)
            + settleResources(layout) + settleLayers(layout) + settleBuild(layout)
    }

    private mutating func settleLog(_ layout: Layout) -> [Effect] {
        guard layout.shows(.logs) else {
            guard logs.window.reachesEnd else { return [] }
            logs.window.reachesEnd = false
            return [.closeLog]
        }
        if logs.container != list.selected {
            let isFirst = logs.container == nil
            logs.restart(list.selected)
            guard list.selected != nil else { return [.closeLog] }
            return openNewest(isDelayed: !isFirst)
        }
        guard logs.container != nil, logs.isFollowing, !logs.window.reachesEnd, logs.pending == nil, !logs.hasEnded,
            logs.failure == nil
        else { return [] }
        logs.restart(logs.container)
        return openNewest(isDelayed: false)
    }

    private mutating func settleDetails(_ layout: Layout) -> [Effect] {
        guard layout.shows(.details), let id = list.selected else { return [] }
        var effects: [Effect] = []
        if details.container != id {
            details.container = id
            details.inspect = nil
            details.processes = nil
            details.awaitsProcesses = false
            details.scroll = 0
            effects.append(.inspect(id))
        }
        if details.tab == .processes, details.processes == nil, !details.awaitsProcesses,
            list.byID[id]?.state.isAlive == true
        {
            details.awaitsProcesses = true
            effects.append(.processes(id))
        }
        return effects
    }

    private mutating func settleGraphs(_ layout: Layout) -> [Effect] {
        let wanted = layout.rect(of: .graphs).map { GraphsPane.queries(self, in: $0) } ?? []
        guard wanted != graphs.watched else { return [] }
        graphs.watched = wanted
        let kept = Set(wanted)
        graphs.series = graphs.series.filter { kept.contains($0.key) }
        return [.watch(wanted)]
    }

    private mutating func settleImage(_ layout: Layout) -> [Effect] {
        guard let rect = layout.rect(of: .images) else { return [] }
        var effects: [Effect] = []
        if imageList.isLoaded, imageList.awaitsShares, !imageList.all.isEmpty {
            imageList.awaitsShares = false
            effects.append(.loadShares)
        }
        if !ResourcePane.parts(rect).details.isEmpty, let id = imageList.selected, imageList.details[id] == nil,
            imageList.awaited != id
        {
            imageList.awaited = id
            effects.append(.inspectImage(id))
        }
        return effects
    }
}
