import Engine

/// The containers: their table, and what goes on with them.
struct ContainersState: Sendable {
    var table = Listing<Container>()
    var busy: [ContainerID: Operation] = [:]
    /// Being loaded again, and changed once more since.
    var reloading: Set<ContainerID> = []
    var reloadAgain: Set<ContainerID> = []
    /// The last minutes of CPU for the small graphs, newest last.
    var traces: [ContainerID: CPUTrace] = [:]

    var all: [Container] { table.all }
    /// What the table shows, in its order.
    var rows: ListedRows<Container> { table.rows }
    /// Asked by an identifier.
    var byID: Listing<Container> { table }
    /// The container that all other panes are about; a pinned pane puts its own here while it works.
    var selected: ContainerID? {
        get { table.selectedID }
        set { table.selectedID = newValue }
    }
    var index: Int { table.index }
    var targets: [Container] { table.targets }
    var isLoaded: Bool { table.isLoaded }
    var marks: Set<ContainerID> {
        get { table.marks }
        set { table.marks = newValue }
    }

    var runningCount: Int { all.reduce(0) { $0 + ($1.state.isAlive ? 1 : 0) } }

    /// The whole list, loaded anew, or why it is not there.
    mutating func receive(_ result: Result<[Container], EngineError>) {
        table.receive(result)
        busy = busy.filter { table[$0.key] != nil }
        traces = traces.filter { table[$0.key] != nil }
    }

    mutating func put(_ container: Container) { table.put(container) }

    mutating func remove(_ id: ContainerID) {
        guard table[id] != nil else { return }
        table.remove([id])
        busy[id] = nil
        traces[id] = nil
    }

    /// Selects a row by number, clamped.
    mutating func select(_ index: Int) { table.select(index) }

    mutating func select(_ id: ContainerID) { table.select(id) }

    /// Selects a container whatever the table shows: what hides it is taken away.
    mutating func reveal(_ id: ContainerID) { table.reveal(id) }
}
