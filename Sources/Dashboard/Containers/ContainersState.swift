import Engine

/// The containers, which of them are shown in which order, and what is marked.
struct ContainersState: Sendable {
    var all: [Container] = []
    private(set) var byID: [ContainerID: Container] = [:]
    /// What the table shows, in its order.
    private(set) var rows: [Container] = []
    var isLoaded = false
    var failure: String?
    var filter = RowFilter("")
    var showsStopped = true
    var sort = ContainerSort(column: .state)
    var selected: ContainerID?
    /// The index that the selection had, for when its row goes away.
    private var selectedIndex = 0
    /// The first row on the screen.
    var scroll = 0
    var marks: Set<ContainerID> = []
    var busy: [ContainerID: Operation] = [:]
    /// Being loaded again, and changed once more since.
    var reloading: Set<ContainerID> = []
    var reloadAgain: Set<ContainerID> = []
    /// The last minutes of CPU for the small graphs, newest last.
    var traces: [ContainerID: CPUTrace] = [:]

    var runningCount: Int { all.reduce(0) { $0 + ($1.state.isAlive ? 1 : 0) } }

    /// The whole list, loaded anew.
    mutating func replace(_ containers: [Container], usage: [ContainerID: Usage]) {
        all = containers
        byID = Dictionary(containers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        isLoaded = true
        failure = nil
        marks = marks.filter { byID[$0] != nil }
        busy = busy.filter { byID[$0.key] != nil }
        traces = traces.filter { byID[$0.key] != nil }
        arrange(usage: usage)
    }

    /// One container, new or changed.
    mutating func put(_ container: Container, usage: [ContainerID: Usage]) {
        if let index = all.firstIndex(where: { $0.id == container.id }) {
            all[index] = container
        } else {
            all.insert(container, at: 0)
        }
        byID[container.id] = container
        arrange(usage: usage)
    }

    mutating func remove(_ id: ContainerID, usage: [ContainerID: Usage]) {
        guard byID.removeValue(forKey: id) != nil else { return }
        all.removeAll { $0.id == id }
        marks.remove(id)
        busy[id] = nil
        traces[id] = nil
        arrange(usage: usage)
    }

    /// Filters and sorts again; the selection stays on its container, or on its place when that is gone.
    mutating func arrange(usage: [ContainerID: Usage]) {
        let shown = all.filter { container in
            (showsStopped || container.state.isAlive || container.state.name == "restarting")
                && (filter.isEmpty
                    || filter.matches(
                        [container.name, container.image, container.state.name, container.id.short],
                        labels: container.labels, networks: container.networkNames, volumes: container.volumeNames))
        }
        rows = sort.sorted(shown, usage: usage)
        if let selected, let index = rows.firstIndex(where: { $0.id == selected }) {
            selectedIndex = index
        } else {
            selectedIndex = min(max(0, selectedIndex), max(0, rows.count - 1))
            selected = rows.indices.contains(selectedIndex) ? rows[selectedIndex].id : nil
        }
    }

    var index: Int { selectedIndex }

    /// Selects a row by number, clamped.
    mutating func select(_ index: Int) {
        guard !rows.isEmpty else { return }
        selectedIndex = min(max(0, index), rows.count - 1)
        selected = rows[selectedIndex].id
    }

    mutating func select(_ id: ContainerID) {
        guard let index = rows.firstIndex(where: { $0.id == id }) else { return }
        select(index)
    }

    /// Keeps the selected row within `height` rows on the screen.
    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(selectedIndex, in: height, of: rows.count, scroll: scroll)
    }

    /// What an action is about: the marked ones, else the selected one.
    var targets: [Container] {
        if !marks.isEmpty { return all.filter { marks.contains($0.id) } }
        return selected.flatMap { byID[$0] }.map { [$0] } ?? []
    }
}

/// Arithmetic of scrolling lists.
enum ScrollMath {
    /// The first visible row such that `index` is seen and no room is wasted.
    static func keeping(_ index: Int, in height: Int, of count: Int, scroll: Int) -> Int {
        guard height > 0 else { return 0 }
        var top = scroll
        if index < top { top = index }
        if index >= top + height { top = index - height + 1 }
        return clamp(top, height: height, count: count)
    }

    static func clamp(_ scroll: Int, height: Int, count: Int) -> Int { max(0, min(scroll, count - height)) }
}
