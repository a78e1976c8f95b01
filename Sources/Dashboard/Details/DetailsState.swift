import Engine

/// What is known about the selected container beyond its row.
struct DetailsState: Sendable {
    enum Tab: String, Sendable, Hashable, CaseIterable {
        case inspect, environment, mounts, network, processes, health

        var title: String {
            switch self {
            case .inspect: words("Inspect")
            case .environment: words("Environment")
            case .mounts: words("Mounts")
            case .network: words("Network")
            case .processes: words("Processes")
            case .health: words("Health")
            }
        }
    }

    var tab = Tab.inspect
    var container: ContainerID?
    var inspect: Result<ContainerDetails, EngineError>?
    /// It has changed since it was inspected.
    var isStale = false
    var inspection = Inspection()
    /// What the document was made of, and why there is none.
    var documented: ContainerDetails?
    var documentFailure: EngineError?
    var processes = ProcessRows()
    var processFailure: EngineError?
    /// When the processes were asked for last, and whether the answer is still to come.
    var processesAskedAt: Timestamp?
    var awaitsProcesses = false
    var showsSecrets = false
    var variable = 0
    var variableScroll = 0
    /// A check that somebody has asked for is under way.
    var isChecking = false
    var scroll = 0
    var column = 0

    var known: ContainerDetails? { try? inspect?.get() }

    mutating func step(_ direction: Int) {
        let all = Tab.allCases
        guard let index = all.firstIndex(of: tab) else { return }
        choose(all[((index + direction) % all.count + all.count) % all.count])
    }

    mutating func choose(_ other: Tab) {
        tab = other
        scroll = 0
        column = 0
    }

    /// Another container; how one looks at it stays.
    mutating func begin(_ id: ContainerID) {
        let (tab, look) = (tab, inspection.look)
        self = DetailsState()
        self.tab = tab
        container = id
        inspection.show(look)
    }
}
